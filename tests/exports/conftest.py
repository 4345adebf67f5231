import pickle
import pytest


@pytest.fixture(scope="module")
def snapshot():
    return pickle.load(open("/tmp/spool.pkl", "rb"))
