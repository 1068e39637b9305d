import { texts } from '../i18n/texts';

/** Writing to a customer first. */
export const outboundTexts = texts(
  {
    writeTo: 'Escribirle',
    title: 'Escribirle a {{name}}',
    hint: 'Con tu mensaje empieza una conversación nueva por el mismo canal, y queda a tu cargo.',
    active: 'Ya tiene una conversación activa por este canal.',
    activeElsewhere: 'Ya tiene una conversación activa por este canal, fuera de tu vista.',
    openActive: 'Abrirla',
    blocked: 'Está bloqueado: no se le puede escribir.',
    notOnChannel: 'Ya no está en este canal: no se le puede escribir por aquí.',
    offline: 'Sin conexión: tu mensaje se enviará al volver.',
    waiting: 'El servicio no responde: se sigue intentando enviar tu mensaje.',
    failed: 'No se pudo enviar: {{reason}}',
  },
  {
    writeTo: 'Write to them',
    title: 'Write to {{name}}',
    hint: 'Your message begins a new conversation by the same channel, and it is yours.',
    active: 'They already have an active conversation on this channel.',
    activeElsewhere: 'They already have an active conversation on this channel, out of your sight.',
    openActive: 'Open it',
    blocked: 'They are blocked: nobody can write to them.',
    notOnChannel: 'They are not on this channel any more: they cannot be written to here.',
    offline: 'No connection: your message will be sent once it is back.',
    waiting: 'The service does not answer: your message is still being tried.',
    failed: 'It could not be sent: {{reason}}',
  },
  {
    writeTo: 'Escrever',
    title: 'Escrever para {{name}}',
    hint: 'Com sua mensagem começa uma conversa nova pelo mesmo canal, e ela fica com você.',
    active: 'Já tem uma conversa ativa neste canal.',
    activeElsewhere: 'Já tem uma conversa ativa neste canal, fora da sua vista.',
    openActive: 'Abri-la',
    blocked: 'Está bloqueado: não é possível lhe escrever.',
    notOnChannel: 'Não está mais neste canal: não é possível lhe escrever por aqui.',
    offline: 'Sem conexão: sua mensagem será enviada quando ela voltar.',
    waiting: 'O serviço não responde: continuamos tentando enviar sua mensagem.',
    failed: 'Não foi possível enviar: {{reason}}',
  },
);
