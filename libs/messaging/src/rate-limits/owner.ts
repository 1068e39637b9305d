/** FNV-1a with a last mixing: cheap, and every replica computes the same. Nobody gains by choosing what it gives. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 13), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Rendezvous hashing: when a replica comes or goes, only the keys that it takes or leaves change hands. */
export function ownerOf(key: string, replicas: Iterable<string>): string | undefined {
  let owner: string | undefined;
  let most = -1;
  for (const replica of replicas) {
    const weight = hashOf(`${replica} ${key}`);
    if (weight > most || (weight === most && owner !== undefined && replica < owner)) {
      most = weight;
      owner = replica;
    }
  }
  return owner;
}
