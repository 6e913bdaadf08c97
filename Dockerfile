FROM python:3.11-slim-bookworm AS build
WORKDIR /ydan
RUN python -m venv .venv
COPY requirements/uv.txt requirements/run.txt requirements/
RUN .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && .venv/bin/uv pip sync --no-cache --python .venv/bin/python --require-hashes requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY surveys surveys
COPY templates templates
COPY analysis analysis
COPY server server
RUN .venv/bin/uv pip install --no-cache --python .venv/bin/python --no-deps --no-build-isolation -e .

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home ydan && mkdir /data && chown ydan /data
COPY --from=build /ydan /ydan
WORKDIR /ydan
USER ydan
ENV PATH=/ydan/.venv/bin:$PATH YDAN_DATA=/data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["ydan"]
CMD ["serve", "--host", "0.0.0.0", "--workers", "2"]
