import 'i18next';
import type { TextResources } from './all-texts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: TextResources;
  }
}
