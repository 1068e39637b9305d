#!/bin/sh
# Lays out what an image runs: production-tree.sh PROGRAM FOLDER, where PROGRAM is like apps/conversations
# From a built checkout: the built files of the program and of our libs, and what they need from npm without the tools of
# development. The Dockerfile and the tests use this one script.
set -eu
program=$1
tree=$2
cd "$(dirname "$0")/.."

mkdir -p "$tree"
cp package.json package-lock.json .npmrc "$tree"
for project in libs/* "$program"; do
  [ "$project" = libs/testing ] && continue
  [ -d "$project/dist" ] || { echo "$project is not built: npm run build" >&2; exit 1; }
  mkdir -p "$tree/$project"
  cp "$project/package.json" "$tree/$project"
  cp -R "$project/dist" "$tree/$project/dist"
  rm -rf "$tree/$project/dist/types"
done
if [ "$program" = apps/gateway ]; then
  # Files that the gateway serves.
  for frontend in apps/console apps/demo; do
    [ -d "$frontend/dist/app" ] || { echo "$frontend is not built: npm run build" >&2; exit 1; }
    mkdir -p "$tree/$frontend/dist"
    cp -R "$frontend/dist/app" "$tree/$frontend/dist/app"
  done
fi
cd "$tree"
npm ci --omit=dev --workspace "$program" --no-audit --no-fund --ignore-scripts
