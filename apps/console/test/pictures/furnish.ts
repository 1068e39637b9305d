import { addNote, claimConversation, getConversation, getCustomer, listTags, sendMessage, tagConversation, updateCustomer } from '@relevo/contracts';
import { aMessage, type ApiClient, type DemoFile, type ReachedSystem } from '@relevo/testing';

/** By the customer: what the agents put on a conversation. */
const tagged: Readonly<Record<string, readonly string[]>> = {
  'Beatriz Quinteros': ['Mayorista', 'Envío demorado'],
  'Ricardo Salvatierra': ['Urgente'],
  'Leandro Bustos': ['Cambio'],
  'Elena Rossi': ['Factura'],
  'Fabián Ortega': ['Envío demorado', 'Urgente'],
  'Claudia Navarro': ['Devolución'],
  'Gustavo Medina': ['Cambio'],
};

interface Hands {
  readonly admin: ApiClient;
  readonly agent: ApiClient;
  readonly demo: DemoFile;
  /** The conversation of a customer. */
  readonly idOf: (customer: string) => string;
}

/** What the demo leaves to whoever works with it: tags, and a conversation with something of everything. */
export async function furnish(system: ReachedSystem, { admin, agent, demo, idOf }: Hands): Promise<void> {
  const tags = new Map((await admin.call(listTags, {})).items.map(({ id, name }) => [name, id]));
  for (const [name, wanted] of Object.entries(tagged)) {
    for (const tag of wanted) await admin.call(tagConversation, { conversationId: idOf(name), tagId: tags.get(tag) ?? '' });
  }
  await agent.call(claimConversation, { conversationId: idOf('Óscar Benítez') });
  const conversationId = idOf('Beatriz Quinteros');
  const { customer } = await agent.call(getConversation, { conversationId });
  const { version } = await agent.call(getCustomer, { customerId: customer.id });
  await agent.call(updateCustomer, { customerId: customer.id, version, set: { ciudad: 'Paraná', email: 'bea.quinteros@correo.example', ultimo_pedido: '8402' } });
  const shop = demo.channels.find(({ name }) => name === 'Tienda en línea');
  if (!shop) throw new Error('The demo has no shop');
  const writes = (text: string) => system.receive(shop, aMessage({ from: 'cliente-2012', name: 'Beatriz Quinteros', text }));
  await agent.call(sendMessage, { conversationId, text: 'El envío a Paraná sale $ 18.500 y llega en camión propio, lo subimos hasta su piso. 🚚' });
  await agent.call(addNote, { conversationId, text: 'Compró la mesa de roble el año pasado. Ofrecer el 10 % si lleva también las sillas.' });
  await writes('¡Buenísimo! ¿Puedo pagar la mitad ahora y la otra mitad cuando llega?');
  await writes('Lo vi acá: https://almacensur.example/sillones/tres-cuerpos');
}
