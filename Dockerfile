# The service without a Neo4j of its own: NEO4J_URI names one (docker-compose.yml).
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements/bootstrap.txt requirements/run.txt requirements/
RUN python -m venv tools \
 && tools/bin/python -m pip install --quiet --require-hashes --requirement requirements/bootstrap.txt \
 && python -m venv /opt/mscev \
 && VIRTUAL_ENV=/opt/mscev tools/bin/uv pip install --quiet --no-cache --compile-bytecode --require-hashes --requirements requirements/run.txt
COPY pyproject.toml README.md LICENSE NOTICE.md ./
COPY schema schema
COPY loaders loaders
COPY graph graph
COPY views views
COPY exports exports
COPY api api
COPY mscev mscev
RUN VIRTUAL_ENV=/build/tools tools/bin/uv build --quiet --wheel --no-build-isolation --offline --out-dir wheels \
 && VIRTUAL_ENV=/opt/mscev tools/bin/uv pip install --quiet --no-deps --offline --compile-bytecode wheels/*.whl

FROM python:3.11-slim
COPY --from=build /opt/mscev /opt/mscev
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mscev
ENV PATH=/opt/mscev/bin:$PATH PYTHONUNBUFFERED=1
USER 10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=20s --timeout=10s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=8)"]
# All addresses of the container; who may reach it is decided where its port is published.
CMD ["mscev", "up", "--host", "0.0.0.0", "--public-read"]
