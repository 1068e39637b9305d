import type { AgentView, ConversationView } from '@relevo/contracts';
import type { Typed } from '../ui/use-choice';
import { plain } from '../ui/plain';

/** Somebody that a note names, with the name that stands in its text. */
export interface Mentioned {
  readonly id: string;
  readonly name: string;
}

/** Where in a text a name stands, its sign included. */
export interface MentionSpan {
  readonly start: number;
  readonly end: number;
  readonly id: string;
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}\p{M}_]/u.test(character);

/**
 * Every `@name` of these people in a text, in its order. A name that was changed, or goes on as a longer word, is none.
 * People of one name are meant in the order in which they are given.
 */
export function spansOf(text: string, people: readonly Mentioned[]): readonly MentionSpan[] {
  if (people.length === 0) return [];
  const idsByName = Map.groupBy(people.filter(({ name }) => name !== ''), ({ name }) => name);
  const names = [...idsByName.keys()].toSorted((a, b) => b.length - a.length);
  const spans: MentionSpan[] = [];
  for (let start = text.indexOf('@'); start >= 0; start = text.indexOf('@', start + 1)) {
    if (isWord(text[start - 1])) continue;
    const name = names.find((each) => text.startsWith(each, start + 1) && !isWord(text[start + 1 + each.length]));
    const called = name === undefined ? undefined : idsByName.get(name);
    const person = called && called.length > 1 ? called.shift() : called?.[0];
    if (name !== undefined && person) spans.push({ start, end: start + 1 + name.length, id: person.id });
  }
  return spans;
}

/** Ids of those chosen who still stand in the text, each once. */
export const mentionedIn = (text: string, chosen: readonly Mentioned[]): readonly string[] => [...new Set(spansOf(text, chosen).map(({ id }) => id))];

/** An `@name` that is being typed: at the caret, and not within a word: an email address calls nobody, and who was chosen already is not asked for again. */
export function atSignAt(text: string, caret: number, chosen: readonly Mentioned[]): Typed | null {
  const found = /(?<![\p{L}\p{N}\p{M}_.-])@((?:[\p{L}\p{N}\p{M}'’.-]+(?: [\p{L}\p{N}\p{M}'’.-]+){0,3})?)$/u.exec(text.slice(0, caret));
  if (!found || spansOf(text, chosen).some(({ start }) => start === found.index)) return null;
  return { start: found.index, typed: found[1] ?? '' };
}

type Colleague = Pick<AgentView, 'id' | 'name' | 'email' | 'role' | 'teamIds' | 'active' | 'status'>;
type Subject = Pick<ConversationView, 'teamId' | 'assigneeId'>;

/** Product rule "Sight". The services decide again. */
const maySee = ({ id, role, teamIds }: Colleague, { teamId, assigneeId }: Subject): boolean => role !== 'agent' || teamId === null || teamIds.includes(teamId) || assigneeId === id;

/** Who can be called into a conversation, of those whose name has each word typed; first those whose name begins so. */
export function colleaguesFor<C extends Colleague>(agents: Iterable<C>, conversation: Subject, myId: string, typed: string, most = 8): readonly C[] {
  const wanted = plain(typed);
  const words = wanted.split(/\s+/u).filter(Boolean);
  const rank = ({ name }: Colleague): number => (plain(name).startsWith(wanted) ? 0 : 1);
  return [...agents]
    .filter((agent) => agent.active && agent.id !== myId && maySee(agent, conversation) && words.every((word) => plain(agent.name).includes(word)))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, most);
}
