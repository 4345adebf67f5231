"""The door for Python programs: what mscev.py stands on."""
