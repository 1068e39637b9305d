import { givenName } from './given-name.js';

it.each(['Lucía', ' Lucía ', '👩🏽‍🚀', '.', 'عربي', '\u200bA'])('%j is a name', (name) => expect(givenName(name)).toBe(name));

it.each([undefined, '\u3164', '\u200b\u200d', '\u202e', '\u0000', '\u00ad \u2060', '\ufe0f'])('%j is none', (name) => expect(givenName(name)).toBeNull());
