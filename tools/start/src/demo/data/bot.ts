import { type Story, writes } from '../story.js';

/** In the bot's tray: nobody has taken them, no clock runs. */
export const botStories: readonly Story[] = [
  {
    key: 'horario-feriado',
    channel: 'web',
    customer: { externalId: 'visita-1041', name: 'Sofía Luján', attributes: { ciudad: 'Rosario' } },
    steps: [writes('Hola, ¿abren el lunes que es feriado?'), writes('Quería pasar a retirar por la sucursal.')],
  },
  {
    key: 'stock-manguera',
    channel: 'web',
    customer: { externalId: 'visita-1042', name: 'Julián Paz', attributes: { email: 'julian.paz@correo.example' } },
    steps: [writes('Buenas, ¿tienen la manguera de 25 metros con carretel? En la página figura sin stock.')],
  },
  {
    key: 'medios-de-pago',
    channel: 'web',
    customer: { externalId: 'visita-1043', name: 'Graciela Otero', attributes: {} },
    steps: [writes('¿Se puede pagar en tres cuotas sin interés con tarjeta de débito? 🤔')],
  },
  {
    key: 'retiro-sucursal',
    channel: 'web',
    customer: { externalId: 'visita-1044', name: 'Esteban Roldán', attributes: { telefono: '+54 341 555 0144' } },
    steps: [writes('Compré recién y puse retiro en sucursal.'), writes('¿Me avisan cuando esté listo o voy directamente?'), writes('Es el pedido 8812.')],
  },
  {
    key: 'mesa-plegable',
    channel: 'web',
    customer: { externalId: 'visita-1045', name: 'Romina Vera', attributes: { ciudad: 'Santa Fe' } },
    steps: [writes('Hola! ¿Cuáles son las medidas de la mesa plegable de camping cuando está cerrada?\nNecesito saber si entra en el baúl.')],
  },
  {
    key: 'zona-de-envio',
    channel: 'web',
    customer: { externalId: 'visita-1046', name: 'Hernán Castro', attributes: { ciudad: 'Villa Constitución' } },
    steps: [writes('¿Hacen envíos a Villa Constitución? No me aparece el código postal.')],
  },
];
