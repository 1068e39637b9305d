/** How a channel calls a customer, for people to read: who only visits a web chat has a number there that says nothing to anybody. */
export function identityText(channelName: string, externalId: string): string {
  const called = externalId.startsWith('visitor:') ? '' : externalId.replace(/^user:/u, '');
  return [channelName, called].filter(Boolean).join(' · ');
}
