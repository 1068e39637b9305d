import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state';
import { IconAlertTriangle } from './icons';

interface Props {
  readonly children: ReactNode;
  /** Another value begins anew: what failed may have been about that conversation alone. */
  readonly of?: string;
}

interface State {
  readonly failed: boolean;
  readonly of: string | undefined;
}

/** A part of the screen that fails takes nothing else with it. */
export class FailureBoundary extends Component<Props, State> {
  override state: State = { failed: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): State | null {
    return of === state.of ? null : { failed: false, of };
  }

  override render(): ReactNode {
    return this.state.failed ? <Crashed onRetry={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Crashed({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation('shell');
  const { t: common } = useTranslation('common');
  return <EmptyState icon={<IconAlertTriangle size={26} />} title={t('crashed')} hint={t('crashedHint')} action={<Button onClick={onRetry}>{common('retry')}</Button>} />;
}
