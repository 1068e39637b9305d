import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The first executable of that name in the folders of `path`. */
export async function whereIs(command: string, path = ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter((each) => each !== '')) {
    const file = join(folder, command);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}
