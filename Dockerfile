# syntax=docker/dockerfile:1

# --- Web pages: Node is needed to build them, and only for that.
FROM node:22-slim AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY models /src/models
COPY frontend ./
RUN npm run models && npm run build

# --- Python packages: exactly those of the lock file, checked by hash.
FROM python:3.13-slim AS packages
COPY requirements/run.txt ./
RUN python -m venv /opt/venv
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r run.txt

# --- What runs: no compiler, no Node, no root.
FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin posecoach \
    && install --directory --owner posecoach --group posecoach /data /backups
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY manage.py ./
COPY config config
COPY coach coach
COPY sessions sessions
COPY accounts accounts
COPY models models
COPY --from=pages /src/frontend/dist frontend/dist
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    READ_DOTENV=0 \
    DATA_DIR=/data
RUN python -m config.catalogues
USER posecoach
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Alone, one container is the whole product, on SQLite in /data. docker-compose.yml takes it apart.
CMD ["sh", "-c", "python manage.py setup --no-demo && exec python manage.py serve --host 0.0.0.0 --port 8000"]
