import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Dark enough from the seventh on for white letters (5.6 : 1). */
const relevo: MantineColorsTuple = ['#e7f6f3', '#cfece6', '#a0d8cd', '#6dc3b2', '#45b19c', '#2da68e', '#1a957e', '#0e7466', '#0a5f54', '#054a41'];

/** Cool greys, so that colour means something where there is some. */
const dark: MantineColorsTuple = ['#e4e6ea', '#b9bdc5', '#989da8', '#6f7580', '#3a3e46', '#2b2e35', '#23262b', '#1a1c20', '#141619', '#0e1012'];
const gray: MantineColorsTuple = ['#f8f8f9', '#f2f3f4', '#e8e9ec', '#dcdee2', '#c9ccd2', '#a2a7b0', '#757b87', '#5b616c', '#3d424b', '#24272d'];

const fontFamily = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif, 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji'";

/**
 * Over everything, whichever pane it was opened from. The page itself never scrolls; what locks it writes a style that its
 * policy refuses.
 */
const overPage = { lockScroll: false, portalProps: { target: 'body' } };

export const theme = createTheme({
  primaryColor: 'relevo',
  primaryShade: 7,
  colors: { relevo, dark, gray },
  fontFamily,
  headings: { fontFamily, fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.5', lg: '1.5', xl: '1.3' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: overPage, styles: { title: { fontSize: '1rem', fontWeight: 620, letterSpacing: '-0.01em' } } },
    ModalRoot: { defaultProps: overPage },
    DrawerRoot: { defaultProps: { lockScroll: false } },
    // The placeholder that else takes the focus is no child that a menu may have.
    Menu: { defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 90 }, withInitialFocusPlaceholder: false } },
    // By the screen, so that a pane's edge cuts nothing off.
    Popover: { defaultProps: { floatingStrategy: 'fixed' } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 80 }, withArrow: false } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
});

/** What Mantine has no name for; each pair of letters and ground is at least 4.5 : 1. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d2026',
    '--mantine-color-dimmed': '#5f6570',
    '--mantine-color-error': '#c0322b',
    '--mantine-color-placeholder': '#6b717c',
    '--r-ground': '#f5f6f7',
    '--r-surface': '#ffffff',
    '--r-raised': '#ffffff',
    '--r-line': '#e6e8eb',
    '--r-line-strong': '#d3d6db',
    '--r-faint': '#666c77',
    '--r-hover': '#f1f2f4',
    '--r-chosen': '#e4f3f0',
    '--r-accent': '#0e7466',
    '--r-on-accent': '#ffffff',
    '--r-theirs': '#f1f2f4',
    '--r-ours': '#dff1ed',
    '--r-ours-text': '#0b3f38',
    '--r-note': '#fff6d9',
    '--r-note-line': '#ecd58a',
    '--r-note-text': '#5c4708',
    '--r-warn': '#a15c00',
    '--r-alarm': '#c0322b',
    '--r-alarm-ground': '#fdecea',
    '--r-online': '#1f9d57',
    '--r-away': '#c98500',
    '--r-offline': '#9aa0aa',
  },
  dark: {
    '--mantine-color-body': '#17191c',
    '--mantine-color-text': '#e4e6ea',
    '--mantine-color-dimmed': '#a7adb8',
    '--mantine-color-error': '#ff8078',
    '--mantine-color-placeholder': '#8f95a1',
    '--r-ground': '#101214',
    '--r-surface': '#17191c',
    '--r-raised': '#1e2125',
    '--r-line': '#292c32',
    '--r-line-strong': '#3a3e46',
    '--r-faint': '#949aa6',
    '--r-hover': '#1f2226',
    '--r-chosen': '#12312c',
    '--r-accent': '#45b19c',
    '--r-on-accent': '#0b1614',
    '--r-theirs': '#24272c',
    '--r-ours': '#133b35',
    '--r-ours-text': '#d8f3ec',
    '--r-note': '#352c11',
    '--r-note-line': '#5d4e1d',
    '--r-note-text': '#f3e2ab',
    '--r-warn': '#e8a33d',
    '--r-alarm': '#ff8078',
    '--r-alarm-ground': '#3b1d1b',
    '--r-online': '#3ecb80',
    '--r-away': '#e8a33d',
    '--r-offline': '#6f7580',
  },
});
