import { useTranslation } from 'react-i18next';
import { ColleagueOption } from '../mentions/colleague-option';
import { ChoiceList } from '../ui/choice-list';
import { QuickReplyOption } from './quick-reply-option';
import type { CompletionInHand } from './use-completion';

export function Completion({ completion: { replies, useReply, colleagues, mention } }: { readonly completion: CompletionInHand }) {
  const { t } = useTranslation('composer');
  return (
    <>
      <ChoiceList label={t('quickReplies')} choice={replies} keyOf={({ id }) => id} onUse={useReply}>
        {(reply) => <QuickReplyOption reply={reply} />}
      </ChoiceList>
      <ChoiceList label={t('colleagues')} choice={colleagues} keyOf={({ id }) => id} onUse={mention}>
        {(agent) => <ColleagueOption agent={agent} />}
      </ChoiceList>
    </>
  );
}
