import { botHandsOver, claims, notes, releases, says, type Story, writes } from '../story.js';

/** Without an agent, in the general queue and in each team's. */
export const queuedStories: readonly Story[] = [
  // General queue.
  {
    key: 'precio-distinto',
    channel: 'tienda',
    customer: { externalId: 'cliente-2001', name: 'Marta Ibáñez', attributes: { email: 'marta.ibanez@correo.example', ciudad: 'Paraná' } },
    steps: [
      writes('Hola, me cobraron $ 48.900 por la reposera y en la página dice $ 42.500.'),
      writes('Adjunté el comprobante en el formulario, ¿lo pueden revisar?'),
    ],
  },
  {
    key: 'clave-olvidada',
    channel: 'tienda',
    customer: { externalId: 'cliente-2002', name: 'Óscar Benítez', attributes: { email: 'oscar.benitez@correo.example' } },
    steps: [writes('No puedo entrar a mi cuenta. Pido el cambio de clave y el correo no llega, ya revisé la carpeta de no deseados.')],
  },
  {
    key: 'cambiar-direccion',
    channel: 'tienda',
    customer: { externalId: 'cliente-2003', name: 'Patricia Leiva', attributes: { ultimo_pedido: '8790', telefono: '+54 342 555 0103' } },
    steps: [writes('Puse mal la dirección del pedido 8790.'), writes('Es San Martín 1450, no 1540. ¿Llegan a corregirlo antes de que salga?')],
  },
  {
    key: 'factura-empresa',
    channel: 'tienda',
    customer: { externalId: 'cliente-2004', name: 'Ferretería El Tornillo', attributes: { email: 'compras@eltornillo.example', cliente_desde: '2021-04-12' } },
    steps: [writes('Buen día. Necesitamos la factura A del pedido 8755, nos llegó una B.')],
  },
  {
    key: 'pago-rechazado',
    channel: 'tienda',
    customer: { externalId: 'cliente-2005', name: 'Nicolás Ferro', attributes: { ciudad: 'Rafaela' } },
    steps: [writes('El pago me salió rechazado pero el banco me muestra el consumo. ¿Qué hago?')],
  },
  {
    key: 'lista-de-regalos',
    channel: 'tienda',
    customer: { externalId: 'cliente-2006', name: 'Camila Duarte', attributes: { email: 'camila.duarte@correo.example' } },
    steps: [
      writes('Hola, quiero armar una lista de regalos para mi casamiento.'),
      claims('diego'),
      says('diego', '¡Felicitaciones, Camila! Te consulto con el equipo cómo lo manejamos y te escribimos enseguida.'),
      notes('diego', 'Pregunta por lista de regalos. No tengo permiso para crearla, la dejo en la cola.', 'lucia'),
      releases('diego'),
      writes('Dale, gracias. La fecha es en dos meses.'),
    ],
  },
  // Posventa's: its channel's, and one given back.
  {
    key: 'regadera-rota',
    channel: 'cambios',
    customer: { externalId: 'cliente-3001', name: 'Alberto Giménez', attributes: { ultimo_pedido: '8731', email: 'alberto.gimenez@correo.example' } },
    steps: [writes('Recibí la regadera de chapa con la manija doblada. Quiero cambiarla por otra igual.')],
  },
  {
    key: 'talle-botas',
    channel: 'cambios',
    customer: { externalId: 'cliente-3002', name: 'Verónica Sala', attributes: { ultimo_pedido: '8744' } },
    steps: [writes('Las botas de lluvia me quedaron chicas, son 38 y necesito 39.'), writes('No las usé, están en la caja.')],
  },
  {
    key: 'devolver-ventilador',
    channel: 'cambios',
    customer: { externalId: 'cliente-3003', name: 'Raúl Montenegro', attributes: { ciudad: 'Concordia' } },
    steps: [writes('El ventilador hace un ruido insoportable. Quiero devolverlo y que me reintegren el dinero.')],
  },
  {
    key: 'falta-tornillos',
    channel: 'cambios',
    customer: { externalId: 'cliente-3004', name: 'Mónica Arias', attributes: { ultimo_pedido: '8702' } },
    steps: [
      writes('A la estantería le falta la bolsita con los tornillos.'),
      claims('carla'),
      says('carla', 'Hola Mónica, lamento el inconveniente. ¿Me confirmás el modelo que dice la etiqueta de la caja?'),
      releases('carla'),
      writes('Dice EST-5 NEGRA.'),
    ],
  },
  // Ventas' and Envíos', handed over by the bot.
  {
    key: 'compra-mayorista',
    channel: 'web',
    customer: { externalId: 'visita-1051', name: 'Vivero La Tranquera', attributes: { email: 'hola@latranquera.example', ciudad: 'Santo Tomé' } },
    steps: [writes('Quisiera precios por mayor de macetas de barro, unas 200 unidades.'), botHandsOver('ventas'), writes('Surtidas, de la 14 a la 20.')],
  },
  {
    key: 'presupuesto-pergola',
    channel: 'web',
    customer: { externalId: 'visita-1052', name: 'Laura Espinosa', attributes: { telefono: '+54 341 555 0152' } },
    steps: [writes('¿Arman presupuesto para una pérgola de 3 x 4 con instalación?'), botHandsOver('ventas')],
  },
  {
    key: 'tarjeta-regalo',
    channel: 'web',
    customer: { externalId: 'visita-1053', name: 'Ignacio Peralta', attributes: {} },
    steps: [writes('Hola, ¿venden tarjetas de regalo? Es para un cumpleaños este sábado 🎁'), botHandsOver('ventas')],
  },
  {
    key: 'seguimiento-caido',
    channel: 'web',
    customer: { externalId: 'visita-1054', name: 'Silvina Toledo', attributes: { ultimo_pedido: '8699' } },
    steps: [writes('El código de seguimiento AS-8699 no me muestra nada desde el jueves.'), botHandsOver('envios')],
  },
  {
    key: 'entrega-manana',
    channel: 'web',
    customer: { externalId: 'visita-1055', name: 'Darío Funes', attributes: { ciudad: 'Rosario', ultimo_pedido: '8765' } },
    steps: [writes('¿Pueden entregar después de las 17? A la mañana no hay nadie en casa.'), botHandsOver('envios'), writes('Es el 8765.')],
  },
];
