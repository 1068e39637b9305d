import { createContext, useContext } from 'react';
import { type Handover, type Handovers, noHandovers } from './handed';

export const HandedContext = createContext<Handovers>(noHandovers);

/** Who transferred the conversation to the agent, or to a team of theirs, until they open it. */
export const useHandover = (conversationId: string): Handover | undefined => useContext(HandedContext).get(conversationId);
