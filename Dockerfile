# One image per program: docker build --build-arg PROGRAM=apps/conversations .
# The operator's command is one, too: --build-arg PROGRAM=tools/operator

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && npm run build

FROM build AS tree
ARG PROGRAM
RUN deploy/production-tree.sh "$PROGRAM" /tree

FROM node:24-bookworm-slim
ARG PROGRAM
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PROGRAM=${PROGRAM}
WORKDIR /relevo
COPY --from=tree --chown=root:root /tree .
USER node
EXPOSE 3000
# Liveness only; orchestrators should also ask /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["sh", "-c", "exec node $PROGRAM/dist/main.js"]
