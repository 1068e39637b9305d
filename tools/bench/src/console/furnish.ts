import { claimConversation, sendMessage } from '@relevo/contracts';
import { ApiClient, postInbound } from '@relevo/start';
import { type SeededAgent, seedWorkspace, type StoredConversations } from '@relevo/testing';
import type { Product } from '../scenarios/product.js';

/** What a browser is put before: a workspace that is full. */
export interface FullOffice {
  /** Sees all of it. */
  readonly supervisor: SeededAgent;
  readonly conversations: number;
  /** With the name of its customer, which no other has. */
  readonly long: { readonly conversationId: string; readonly customer: string; readonly entries: number };
}

const questions = [
  'Hola, ¿me pueden decir cuándo llega mi pedido?',
  'Necesito factura A a nombre de la empresa.',
  '¿Tienen la mesa de roble en 1,80 m? La vi en la tienda de Palermo y me interesa, pero no sé si entra por la puerta.',
  'Gracias 🙏',
  'El código que me llegó es este: https://example.com/seguimiento/AR-4481-20',
  'No, todavía no lo recibí.\nEl correo dice que pasaron ayer a las 15, pero había gente en casa.',
];
/** Some twenty hours for ten thousand: nothing closes by itself meanwhile. */
const everyMs = 7_000;
const names = ['Rosa Giménez', 'Juan Pérez', 'Marta Ibáñez', 'Tomás Acosta', 'Lucía Fernández', 'Ramón Quiroga', 'Elena Sosa', 'Diego Maidana'];

/** By the product's own means a handful of conversations and messages; the rest are copies where they are stored. */
export async function furnish({ operator, gatewayUrl }: Product, stored: StoredConversations, { conversations, entries }: { conversations: number; entries: number }): Promise<FullOffice> {
  const workspace = await seedWorkspace(operator, { name: 'Almacén Sur', agents: { ana: {}, eva: { role: 'supervisor' } }, channels: { tienda: {} } });
  const ana = await ApiClient.login(gatewayUrl, workspace.agents.ana);
  const writes = (name: string, text: string) => postInbound(gatewayUrl, workspace.channels.tienda, { from: name, name, text });
  const answered = async (name: string, text: string): Promise<string> => {
    const { conversationId } = await writes(name, text);
    await ana.call(claimConversation, { conversationId });
    await ana.call(sendMessage, { conversationId, text: 'Lo miro y le digo.' });
    return conversationId;
  };
  for (const [index, name] of names.entries()) {
    const text = questions[index % questions.length] ?? '';
    await (index % 3 === 0 ? answered(name, text) : writes(name, text));
  }
  await stored.fillUp(workspace.id, conversations - 1);
  const customer = 'Cliente de siempre';
  const conversationId = await answered(customer, 'Hola de nuevo');
  await stored.lengthen(conversationId, entries, everyMs, (seq) => `${seq}. ${questions[seq % questions.length] ?? ''}`);
  return { supervisor: workspace.agents.eva, conversations, long: { conversationId, customer, entries } };
}
