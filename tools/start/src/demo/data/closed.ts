import { botHandsOver, claims, closes, notes, says, type Story, writes } from '../story.js';

/** Closed; and one customer who came back, with whom a new conversation began. */
export const closedStories: readonly Story[] = [
  {
    key: 'retiro-confirmado',
    channel: 'tienda',
    customer: { externalId: 'cliente-2031', name: 'Javier Molina', attributes: { ultimo_pedido: '8698' } },
    steps: [
      writes('¿Hasta qué hora puedo retirar hoy?'),
      claims('ana'),
      says('ana', 'Hola Javier, hasta las 19:30. Traé el DNI y el número de pedido.'),
      writes('Genial, gracias!'),
      closes('ana'),
    ],
  },
  {
    key: 'cambio-hecho',
    channel: 'cambios',
    customer: { externalId: 'cliente-3031', name: 'Susana Aguirre', attributes: { ultimo_pedido: '8555', email: 'susana.aguirre@correo.example' } },
    steps: [
      writes('Quiero cambiar el acolchado por uno de dos plazas y media.'),
      claims('carla'),
      says('carla', 'Hola Susana, no hay problema. Podés pasar por la sucursal o lo retiramos por tu casa.'),
      writes('Paso mañana por la sucursal.'),
      says('carla', 'Perfecto, ya queda reservado a tu nombre.'),
      notes('carla', 'Cambio hecho en sucursal, diferencia pagada en efectivo.'),
      closes('carla'),
    ],
  },
  {
    key: 'entrega-encontrada',
    channel: 'web',
    customer: { externalId: 'visita-1081', name: 'Pablo Herrera', attributes: { ciudad: 'Casilda', ultimo_pedido: '8640' } },
    steps: [
      writes('Figura entregado y no recibí nada.'),
      botHandsOver('envios'),
      claims('bruno'),
      notes('bruno', 'Lo recibió el encargado del edificio, tengo la firma.'),
      says('bruno', 'Pablo, lo recibió el encargado del edificio ayer a las 15:20. ¿Podés preguntarle?'),
      writes('Tenés razón, lo tenía él. ¡Gracias!'),
      closes('bruno'),
    ],
  },
  {
    key: 'consulta-sin-respuesta',
    channel: 'tienda',
    customer: { externalId: 'cliente-2032', name: 'Yamila Correa', attributes: {} },
    steps: [
      writes('Hola'),
      claims('diego'),
      says('diego', '¡Hola Yamila! ¿En qué te puedo ayudar?'),
      notes('diego', 'No volvió a escribir en toda la tarde.'),
      closes('diego'),
    ],
  },
  {
    key: 'factura-enviada',
    channel: 'tienda',
    customer: { externalId: 'cliente-2033', name: 'Estudio Contable Rey', attributes: { email: 'estudio@rey.example' } },
    steps: [
      writes('Nos falta la factura de marzo.'),
      claims('martin'),
      says('martin', 'Buenas tardes, se la reenvié recién. Cualquier cosa quedo a disposición.'),
      writes('Recibida. Saludos.'),
      closes('martin'),
    ],
  },
  {
    key: 'javier-vuelve',
    channel: 'tienda',
    customer: { externalId: 'cliente-2031', name: 'Javier Molina', attributes: { ultimo_pedido: '8698' } },
    steps: [
      writes('Hola de nuevo. Ya retiré, pero me olvidé de pedir bolsa de regalo.'),
      claims('ana'),
      says('ana', '¡Hola otra vez, Javier! Pasá cuando quieras por el mostrador y te la damos, no tiene costo.'),
      closes('ana'),
    ],
  },
];
