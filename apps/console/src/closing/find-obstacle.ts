import { RelevoError, type RelevoClient } from '@relevo/client';
import { type Found, obstacleIn } from './obstacle';

/** More than can happen to a conversation in the time of an undo. */
const limit = 50;

/** What stood in the way of taking something back; null when nothing did, or it cannot be told. */
export async function findObstacle(relevo: RelevoClient, conversationId: string, afterSeq: number): Promise<Found | null> {
  try {
    const { items } = await relevo.ask('GET /conversations/:conversationId/timeline', { conversationId, after: afterSeq, limit });
    return obstacleIn(items);
  } catch (error) {
    if (error instanceof RelevoError) return null;
    throw error;
  }
}
