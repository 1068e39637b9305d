# One image per service: docker build --build-arg SERVICE=conversations .
# And one of the operator's command: --build-arg FOLDER=tools --build-arg SERVICE=operator .

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && npm run build

FROM build AS tree
ARG SERVICE
ARG FOLDER=apps
RUN deploy/production-tree.sh "$SERVICE" /tree

FROM node:24-bookworm-slim
ARG SERVICE
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 SERVICE=${SERVICE}
WORKDIR /relevo
COPY --from=tree --chown=root:root /tree .
USER node
EXPOSE 3000
# Liveness only; orchestrators should also ask /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["sh", "-c", "exec node apps/$SERVICE/dist/main.js"]
