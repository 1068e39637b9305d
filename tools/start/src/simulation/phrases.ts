/** What customers of a shop ask. */
export const questions = [
  'Hola, ¿el pedido ya salió del depósito?',
  '¿Tienen la maceta de 30 cm en color blanco?',
  'Buenas, ¿hacen envíos los sábados?',
  'Me llegó un producto que no pedí.',
  '¿Puedo cambiar la forma de pago?',
  'El código de descuento no me funciona.',
  '¿Cuánto demora el envío a Córdoba?',
  'Quisiera saber si la mesa viene armada.',
  'Necesito la factura a nombre de la empresa.',
  '¿Me confirman si recibieron la transferencia?',
  'La caja llegó golpeada, ¿qué hago?',
  '¿Hay descuento por cantidad?',
  'No me llegó el correo de confirmación 😕',
  '¿Puedo retirarlo mañana por la sucursal?',
  'Quiero devolver la lámpara, no era lo que esperaba.',
] as const;

/** What they write when a conversation goes on. */
export const followUps = [
  'Perfecto, gracias.',
  '¿Y cuándo sería?',
  'El número de pedido es el que figura en mi cuenta.',
  'No, todavía no.',
  'Sí, por favor.',
  'Lo compré la semana pasada.',
  'Te paso una foto en un rato.',
  '¿Tiene algún costo?',
  'Dale, quedo a la espera 🙂',
  'Disculpá la demora, recién lo veo.',
] as const;

/** What agents answer. */
export const answers = [
  '¡Hola! Ya lo estoy mirando.',
  'Dame un momento que lo consulto con el depósito.',
  'Sí, tenemos disponible. ¿Te lo reservo?',
  'El envío sale mañana por la mañana.',
  'Ya te mandé la factura por correo.',
  'Lamento el inconveniente, lo resolvemos hoy mismo.',
  '¿Me pasás el número de pedido, por favor?',
  'Listo, quedó corregido.',
  'El cambio no tiene costo, podés acercarte a la sucursal.',
  'Quedo atenta a lo que necesites.',
] as const;

export const names = [
  'Valentina Ríos', 'Ezequiel Luna', 'Micaela Suárez', 'Franco Maldonado', 'Jimena Ojeda', 'Facundo Ramos', 'Rocío Vega', 'Lautaro Figueroa',
  'Milagros Sosa', 'Joaquín Ibarra', 'Daniela Campos', 'Santiago Ledesma', 'Carolina Peña', 'Gonzalo Escobar', 'Luciana Barrios', 'Maximiliano Toledo',
] as const;

export function oneOf<T>(items: readonly [T, ...T[]]): T {
  return items[Math.floor(Math.random() * items.length)] ?? items[0];
}
