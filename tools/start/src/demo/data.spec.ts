import { almacenSur } from './data/almacen-sur.js';
import { clinicaNorte } from './data/clinica-norte.js';
import { type DemoAgent, type Step, type Story } from './story.js';

const { stories, agents, channels, teams } = almacenSur;
const workspaces = [almacenSur, clinicaNorte];

const agentOf = (key: string): DemoAgent => agents.find((agent) => agent.key === key)!;
const distinct = (values: readonly string[]): number => new Set(values).size;

/** Where a conversation stands, told by the product's rules for who may do what. */
interface Standing {
  tray: 'bot' | 'unassigned' | 'assigned';
  team: string | null;
  assignee: string | null;
  unanswered: boolean;
  unread: boolean;
  marked: boolean;
  closed: boolean;
}

function follow(standing: Standing, step: Step): Standing {
  if (standing.closed) throw new Error('something happens after the close');
  if ('agent' in step) {
    const { role, teams: memberOf, key } = agentOf(step.agent);
    const sees = role !== 'agent' || standing.team === null || memberOf.includes(standing.team) || standing.assignee === key;
    if (!sees) throw new Error(`${step.agent} does not see it`);
    const mayAct = standing.assignee === key || role !== 'agent';
    if (['say', 'close', 'release'].includes(step.does) && !mayAct) throw new Error(`${step.agent} may not ${step.does}`);
    if (['read', 'mark-unread'].includes(step.does) && standing.assignee !== key) throw new Error(`${step.does} by ${step.agent} does nothing`);
  }
  switch (step.does) {
    case 'write':
      return { ...standing, unanswered: true, unread: true };
    case 'hand-over':
      if (standing.tray !== 'bot') throw new Error('only the bot hands over');
      return { ...standing, tray: 'unassigned', team: step.team };
    case 'claim':
      if (standing.assignee !== null) throw new Error('claimed twice');
      return { ...standing, tray: 'assigned', assignee: step.agent, unread: standing.unanswered };
    case 'release':
      return { ...standing, tray: 'unassigned', assignee: null, unread: standing.unanswered };
    case 'say':
      return { ...standing, unanswered: false, unread: false, marked: false };
    case 'read':
      return { ...standing, unread: false, marked: false };
    case 'mark-unread':
      return { ...standing, marked: true };
    case 'close':
      return { ...standing, closed: true };
    case 'note':
      return standing;
  }
}

function standingOf({ channel, steps }: Story): Standing {
  const { team = null, bot = false } = channels.find(({ key }) => key === channel)!;
  const opened: Standing = { tray: bot ? 'bot' : 'unassigned', team, assignee: null, unanswered: false, unread: false, marked: false, closed: false };
  return steps.reduce(follow, opened);
}

function stateOf(story: Story): string {
  const { tray, team, unread, unanswered, marked, closed } = standingOf(story);
  if (closed) return 'closed';
  if (tray === 'bot') return 'bot';
  if (tray === 'unassigned') return `queue of ${team ?? 'all'}`;
  return marked ? 'marked unread' : unread ? 'unread' : unanswered ? 'read' : 'answered';
}

it('has forty conversations in every state', () => {
  expect(stories).toHaveLength(40);
  const counts = Object.fromEntries([...Map.groupBy(stories, stateOf)].map(([state, of]) => [state, of.length]));
  expect(counts).toEqual({
    bot: 6,
    'queue of all': 6,
    'queue of posventa': 4,
    'queue of ventas': 3,
    'queue of envios': 2,
    unread: 5,
    read: 3,
    'marked unread': 1,
    answered: 4,
    closed: 6,
  });
});

it('begins every conversation with its customer', () => {
  for (const { steps } of stories) expect(steps[0]).toMatchObject({ does: 'write' });
});

it('has several agents at work, notes, mentions, longer talks and a customer who comes back', () => {
  const steps = stories.flatMap((story) => story.steps);
  expect(distinct(stories.flatMap((story) => standingOf(story).assignee ?? []))).toBeGreaterThanOrEqual(4);
  expect(steps.filter(({ does }) => does === 'note').length).toBeGreaterThanOrEqual(8);
  expect(steps.some((step) => step.does === 'note' && step.mentions.length > 0)).toBe(true);
  expect(stories.filter((story) => story.steps.filter(({ does }) => does === 'write' || does === 'say').length >= 3).length).toBeGreaterThanOrEqual(12);
  const byCustomer = [...Map.groupBy(stories, ({ channel, customer }) => `${channel} ${customer.externalId}`).values()].filter((of) => of.length > 1);
  expect(byCustomer).toHaveLength(1);
  // Only a close lets a second conversation begin.
  for (const of of byCustomer) for (const story of of.slice(0, -1)) expect(stateOf(story)).toBe('closed');
});

it('names only what there is', () => {
  const known = new Set(agents.map(({ key }) => key));
  for (const { channel, steps } of stories) {
    expect(channels.map(({ key }) => key)).toContain(channel);
    for (const step of steps) {
      if ('agent' in step) expect(known).toContain(step.agent);
      if (step.does === 'note') for (const name of step.mentions) expect(known).toContain(name);
      if (step.does === 'hand-over' && step.team !== null) expect(teams.map(({ key }) => key)).toContain(step.team);
    }
  }
});

it('has ids that are its own, and good for commands', () => {
  expect(distinct(stories.map(({ key }) => key))).toBe(40);
  for (const { key, steps } of stories) expect(`demo-${key}-${steps.length}`).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  for (const { agents: people, channels: ways, teams: groups } of workspaces) {
    for (const keys of [people, ways, groups]) expect(distinct(keys.map(({ key }) => key))).toBe(keys.length);
  }
  const emails = workspaces.flatMap((workspace) => workspace.agents.map(({ email }) => email));
  expect(distinct(emails)).toBe(emails.length);
  for (const email of emails) expect(email).toMatch(/^[a-z]+@[a-z]+\.example$/);
});

it('has what the product can show', () => {
  expect(teams).toHaveLength(3);
  expect(agents).toHaveLength(6);
  expect(distinct(agents.map(({ role }) => role))).toBe(3);
  expect(almacenSur.attributes).toContainEqual({ key: 'email', label: 'Correo electrónico', type: 'email' });
  expect(channels.map(({ kind, team, bot }) => [kind, team !== undefined, bot === true])).toEqual([
    ['api', false, false],
    ['api', true, false],
    ['webchat', false, true],
    ['webchat', false, false],
  ]);
  expect(clinicaNorte).toMatchObject({ teams: { length: 1 }, agents: { length: 2 }, channels: { length: 1 } });
  const given = new Set(stories.flatMap(({ customer }) => Object.keys(customer.attributes)));
  for (const key of given) expect(almacenSur.attributes.map((attribute) => attribute.key)).toContain(key);
});

it('is in Spanish', () => {
  const english = /\b(the|and|please|hello|thanks|order|you|is|with|when)\b/i;
  const spanish = /[áéíóúñ¿¡]|\b(de|la|el|que|no|un|una|los|las|por|con|me|se|en)\b/i;
  for (const { key, steps } of stories) {
    const texts = steps.flatMap((step) => ('text' in step ? [step.text] : []));
    expect(`${key}: ${texts.join('\n')}`).not.toMatch(english);
    expect(texts.join('\n')).toMatch(spanish);
    for (const text of texts) expect(text.trim()).toBe(text);
  }
});
