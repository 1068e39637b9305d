import type { DemoWorkspace } from '../story.js';

/** The company next door: nothing of it may ever show in the first. */
export const clinicaNorte: DemoWorkspace = {
  key: 'clinica-norte',
  name: 'Clínica Norte',
  teams: [{ key: 'recepcion', name: 'Recepción' }],
  agents: [
    { key: 'paula', name: 'Paula Rivas', email: 'paula@clinicanorte.example', role: 'admin', teams: ['recepcion'] },
    { key: 'tomas', name: 'Tomás Vidal', email: 'tomas@clinicanorte.example', role: 'agent', teams: ['recepcion'] },
  ],
  channels: [{ key: 'turnos', name: 'Turnos', kind: 'api' }],
  tags: [],
  quickReplies: [{ shortcut: 'turno', text: 'Hola {{customer.name}}, ¿para qué especialidad querés el turno?' }],
  attributes: [],
  stories: [],
};
