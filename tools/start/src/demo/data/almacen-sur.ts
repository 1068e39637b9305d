import type { DemoWorkspace } from '../story.js';
import { answeredStories } from './answered.js';
import { botStories } from './bot.js';
import { closedStories } from './closed.js';
import { queuedStories } from './queued.js';
import { waitingStories } from './waiting.js';

/** A shop for house and garden that sells in its own site. */
export const almacenSur: DemoWorkspace = {
  key: 'almacen-sur',
  name: 'Almacén Sur',
  teams: [
    { key: 'ventas', name: 'Ventas' },
    { key: 'envios', name: 'Envíos' },
    { key: 'posventa', name: 'Posventa' },
  ],
  agents: [
    { key: 'lucia', name: 'Lucía Ferreyra', email: 'lucia@almacensur.example', role: 'admin', teams: [] },
    { key: 'martin', name: 'Martín Quiroga', email: 'martin@almacensur.example', role: 'supervisor', teams: ['ventas', 'envios', 'posventa'] },
    { key: 'ana', name: 'Ana Beltrán', email: 'ana@almacensur.example', role: 'agent', teams: ['ventas'] },
    { key: 'bruno', name: 'Bruno Acosta', email: 'bruno@almacensur.example', role: 'agent', teams: ['envios'] },
    { key: 'carla', name: 'Carla Núñez', email: 'carla@almacensur.example', role: 'agent', teams: ['posventa'] },
    { key: 'diego', name: 'Diego Sosa', email: 'diego@almacensur.example', role: 'agent', teams: ['ventas', 'posventa'] },
  ],
  channels: [
    { key: 'tienda', name: 'Tienda en línea', kind: 'api' },
    { key: 'cambios', name: 'Cambios y devoluciones', kind: 'api', team: 'posventa' },
    { key: 'web', name: 'Chat del sitio', kind: 'webchat', bot: true },
    // Whoever plays a customer is seen in the queue at once.
    { key: 'ayuda', name: 'Chat de ayuda', kind: 'webchat' },
  ],
  tags: [
    { name: 'Envío demorado', color: '#d9480f' },
    { name: 'Cambio', color: '#1971c2' },
    { name: 'Devolución', color: '#7048e8' },
    { name: 'Factura', color: '#2b8a3e' },
    { name: 'Mayorista', color: '#0b7285' },
    { name: 'Urgente', color: '#c92a2a' },
  ],
  quickReplies: [
    { shortcut: 'saludo', text: '¡Hola {{customer.name}}! Soy {{agent.name}}, ¿en qué te puedo ayudar?' },
    { shortcut: 'pedido', text: '¿Me pasás el número de pedido? Está en el correo de la compra.' },
    { shortcut: 'envio', text: 'El envío sale dentro de las 24 horas hábiles y te llega un correo con el seguimiento.' },
    { shortcut: 'cambio', text: 'Tenés 30 días para cambiarlo, sin uso y en su caja.' },
    { shortcut: 'gracias', text: 'Gracias por escribirnos, {{customer.name}}. ¡Que tengas un buen día!' },
  ],
  attributes: [
    { key: 'email', label: 'Correo electrónico', type: 'email' },
    { key: 'telefono', label: 'Teléfono', type: 'phone' },
    { key: 'ciudad', label: 'Ciudad', type: 'text' },
    { key: 'ultimo_pedido', label: 'Último pedido', type: 'text' },
    { key: 'cliente_desde', label: 'Cliente desde', type: 'date' },
  ],
  stories: [...botStories, ...queuedStories, ...waitingStories, ...answeredStories, ...closedStories],
};
