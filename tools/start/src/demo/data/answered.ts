import { botHandsOver, claims, notes, says, type Story, writes } from '../story.js';

/** Assigned and answered: now it is the customer's turn. */
export const answeredStories: readonly Story[] = [
  {
    key: 'instructivo-armado',
    channel: 'tienda',
    customer: { externalId: 'cliente-2021', name: 'Cecilia Franco', attributes: { email: 'ceci.franco@correo.example', ultimo_pedido: '8777' } },
    steps: [
      writes('El placard vino sin instrucciones de armado 😩'),
      claims('ana'),
      says('ana', '¡Hola Cecilia! Qué macana. Te acabo de mandar el instructivo a tu correo.'),
      writes('Llegó, mil gracias.'),
      says('ana', 'Genial. Si te trabás en algún paso, escribime por acá y lo vemos juntas.'),
    ],
  },
  {
    key: 'reprogramar-entrega',
    channel: 'web',
    customer: { externalId: 'visita-1071', name: 'Matías Córdoba', attributes: { ultimo_pedido: '8741', ciudad: 'Santa Fe' } },
    steps: [
      writes('Necesito pasar la entrega del miércoles para el viernes.'),
      botHandsOver('envios'),
      claims('bruno'),
      says('bruno', 'Hola Matías, ya lo reprogramé: viernes entre las 9 y las 13.\n¿Habrá alguien para recibirlo?'),
    ],
  },
  {
    key: 'reintegro-en-curso',
    channel: 'cambios',
    customer: { externalId: 'cliente-3021', name: 'Claudia Navarro', attributes: { ultimo_pedido: '8623' } },
    steps: [
      writes('¿Cuándo me devuelven la plata de la cafetera?'),
      claims('carla'),
      notes('carla', 'Reintegro cargado ayer con el comprobante 4471.'),
      says('carla', 'Claudia, el reintegro ya está hecho. Según tu banco, lo vas a ver entre 5 y 10 días hábiles.'),
      writes('¿Y si en 10 días no aparece?'),
      says('carla', 'Me escribís con el comprobante 4471 y lo reclamamos nosotros.'),
    ],
  },
  {
    key: 'cotizacion-cesped',
    channel: 'tienda',
    customer: { externalId: 'cliente-2022', name: 'Club Náutico del Sur', attributes: { email: 'administracion@nauticosur.example', cliente_desde: '2020-02-03' } },
    steps: [
      writes('Buenos días. Pedimos cotización por 400 m² de césped sintético de 35 mm.'),
      claims('diego'),
      notes('diego', 'Cliente grande, Lucía autorizó hasta 12 % de descuento.', 'lucia'),
      says('diego', 'Buenos días. Les envié la cotización por correo, con precio especial por la cantidad. Vale por 15 días.'),
    ],
  },
];
