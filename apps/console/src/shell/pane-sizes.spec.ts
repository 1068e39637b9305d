import { panes, sizesOf } from './pane-sizes';

it('are what was kept, within what is useful', () => {
  expect(sizesOf('{"trays":200,"list":9999,"customer":-1}')).toEqual({ trays: 200, list: panes.list.most, customer: panes.customer.least });
});

it.each([null, '', '{', '[]', '1', '{"list":"wide"}'])('of %j are the first ones', (text) => {
  expect(sizesOf(text)).toEqual({ trays: panes.trays.first, list: panes.list.first, customer: panes.customer.first });
});
