import type { Scene } from './scenes';

export const sizes = { desktop: { width: 1440, height: 900 }, laptop: { width: 1024, height: 700 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof sizes;
export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const pictureName = ({ name }: Scene, size: Size, theme: Theme): string => `${name}-${size}-${theme}`;

const isShown = ({ notOnPhones }: Scene, size: Size): boolean => !(notOnPhones && size === 'phone');

export const shownIn = (scenes: readonly Scene[], size: Size): readonly Scene[] => scenes.filter((scene) => isShown(scene, size));

/** The page of all pictures. */
export function galleryOf(scenes: readonly Scene[]): string {
  const heads = Object.entries(sizes).map(([size, { width }]) => `${size}, ${width} px`);
  const sections = scenes.map((scene) => {
    const rows = themes.map((theme) => {
      const cells = (Object.keys(sizes) as Size[]).map((size) => (isShown(scene, size) ? `![${scene.caption}, ${size}, ${theme}](${pictureName(scene, size, theme)}.webp)` : ''));
      return `| ${cells.join(' | ')} |`;
    });
    return [`## ${scene.caption}`, '', `| ${heads.join(' | ')} |`, `|${' --- |'.repeat(heads.length)}`, ...rows].join('\n');
  });
  return [
    '# Every screen',
    '',
    "In three sizes, by day and by night, with the demo's data. Made by `npm run screenshots`, which writes this page too.",
    '',
    sections.join('\n\n'),
    '',
  ].join('\n');
}
