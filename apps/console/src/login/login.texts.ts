import { texts } from '../i18n/texts';

export const loginTexts = texts(
  {
    title: 'Entra a tu mesa de trabajo',
    subtitle: 'Las conversaciones de tu equipo, en un solo lugar.',
    email: 'Correo electrónico',
    password: 'Contraseña',
    submit: 'Entrar',
    wrong: 'El correo o la contraseña no coinciden.',
    tooMany: 'Demasiados intentos. Prueba de nuevo en un minuto.',
    required: 'Hace falta este dato.',
    ended: 'Tu sesión terminó. Entra de nuevo: lo que escribiste sigue guardado.',
  },
  {
    title: 'Sign in to your desk',
    subtitle: 'Your team’s conversations, in one place.',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Email and password do not match.',
    tooMany: 'Too many attempts. Try again in a minute.',
    required: 'This is needed.',
    ended: 'Your session ended. Sign in again: what you wrote is still here.',
  },
  {
    title: 'Entre na sua mesa de trabalho',
    subtitle: 'As conversas da sua equipe, em um só lugar.',
    email: 'E-mail',
    password: 'Senha',
    submit: 'Entrar',
    wrong: 'O e-mail e a senha não conferem.',
    tooMany: 'Tentativas demais. Tente de novo em um minuto.',
    required: 'Este dado é necessário.',
    ended: 'Sua sessão terminou. Entre de novo: o que você escreveu continua guardado.',
  },
);
