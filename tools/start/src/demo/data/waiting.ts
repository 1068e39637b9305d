import { botHandsOver, claims, marksUnread, notes, reads, says, type Story, writes } from '../story.js';

/** Assigned, with a customer who waits: unread, read but not answered, or marked to come back to. */
export const waitingStories: readonly Story[] = [
  // Unread.
  {
    key: 'cortadora-no-arranca',
    channel: 'cambios',
    customer: { externalId: 'cliente-3011', name: 'Gustavo Medina', attributes: { ultimo_pedido: '8650', email: 'gustavo.medina@correo.example' } },
    steps: [
      writes('La cortadora de césped no arranca más, la usé dos veces.'),
      claims('carla'),
      says('carla', 'Hola Gustavo. ¿Probaste con la bujía que viene de repuesto en la caja de herramientas?'),
      writes('Sí, la cambié y sigue igual.'),
      writes('Además le sale humo negro.'),
    ],
  },
  {
    key: 'dos-veces-cobrado',
    channel: 'tienda',
    customer: { externalId: 'cliente-2011', name: 'Elena Rossi', attributes: { email: 'elena.rossi@correo.example', cliente_desde: '2019-08-30' } },
    steps: [writes('Me debitaron dos veces el pedido 8780.'), claims('ana'), writes('Son $ 31.200 cada vez, te paso captura si hace falta.')],
  },
  {
    key: 'camion-no-vino',
    channel: 'web',
    customer: { externalId: 'visita-1061', name: 'Fabián Ortega', attributes: { ultimo_pedido: '8733', ciudad: 'San Lorenzo' } },
    steps: [
      writes('Estuve todo el día esperando el ropero y el camión no vino.'),
      botHandsOver('envios'),
      claims('bruno'),
      says('bruno', 'Fabián, te pido disculpas. Estoy hablando con el transporte para saber qué pasó.'),
      notes('bruno', 'El chofer dice que tocó timbre a las 11:40. Pedí la foto del domicilio.'),
      writes('¿Y? ¿Alguna novedad? Pedí el día en el trabajo por esto.'),
    ],
  },
  {
    key: 'sillon-a-medida',
    channel: 'tienda',
    customer: { externalId: 'cliente-2012', name: 'Beatriz Quinteros', attributes: { telefono: '+54 343 555 0112' } },
    steps: [
      writes('¿El sillón de tres cuerpos viene en verde oliva?'),
      claims('diego'),
      says('diego', '¡Hola Beatriz! En verde oliva lo hacemos a pedido, demora unos 20 días.'),
      writes('Perfecto. ¿Y cuánto sale con envío a Paraná?'),
    ],
  },
  {
    key: 'reclamo-urgente',
    channel: 'tienda',
    customer: { externalId: 'cliente-2013', name: 'Ricardo Salvatierra', attributes: { ultimo_pedido: '8611', email: 'r.salvatierra@correo.example' } },
    steps: [
      writes('Es la tercera vez que escribo y nadie me resuelve nada.'),
      writes('Voy a hacer la denuncia en Defensa del Consumidor.'),
      claims('martin'),
      notes('martin', 'Tomo este caso yo. Tres contactos sin solución por el pedido 8611, revisar qué pasó.', 'lucia', 'carla'),
      says('martin', 'Ricardo, soy Martín, responsable del equipo. Leí todo el caso y hoy mismo te doy una solución.'),
      writes('Espero su respuesta.'),
    ],
  },
  // Read, not answered yet.
  {
    key: 'garantia-taladro',
    channel: 'cambios',
    customer: { externalId: 'cliente-3012', name: 'Walter Cabrera', attributes: { ultimo_pedido: '8580' } },
    steps: [writes('¿El taladro tiene garantía de fábrica? Se me rompió el mandril.'), claims('carla'), reads('carla'), notes('carla', 'Consulté al proveedor, responde mañana.')],
  },
  {
    key: 'descuento-jubilados',
    channel: 'tienda',
    customer: { externalId: 'cliente-2014', name: 'Norma Villalba', attributes: { ciudad: 'Esperanza' } },
    steps: [writes('Buenas tardes, ¿hacen descuento a jubilados?'), writes('Me dijeron que los martes sí.'), claims('ana'), reads('ana')],
  },
  {
    key: 'pedido-incompleto',
    channel: 'web',
    customer: { externalId: 'visita-1062', name: 'Agustina Ledesma', attributes: { ultimo_pedido: '8719' } },
    steps: [
      writes('Me llegaron dos sillas y pedí cuatro.'),
      botHandsOver('envios'),
      claims('bruno'),
      says('bruno', 'Hola Agustina, ¿las dos cajas decían "bulto 1 de 2" y "2 de 2"?'),
      writes('Sí, las dos dicen lo mismo: 1 de 2.'),
      reads('bruno'),
    ],
  },
  // Answered, then marked to come back to.
  {
    key: 'visita-tecnica',
    channel: 'cambios',
    customer: { externalId: 'cliente-3013', name: 'Leandro Bustos', attributes: { telefono: '+54 341 555 0113', ciudad: 'Funes' } },
    steps: [
      writes('La bomba de agua pierde por abajo. ¿Mandan un técnico?'),
      claims('diego'),
      says('diego', 'Sí, Leandro. Coordino con el técnico y te confirmo el día.'),
      marksUnread('diego'),
    ],
  },
];
