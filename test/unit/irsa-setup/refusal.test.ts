import { expect, test } from 'vitest';
import { CHANGED_SINCE, getIrsaOffer, setUpIrsa } from '../../../server/src/engine/irsa-setup';
import { openProject, toUri } from '../../harness/lint-text';
import { PROVIDER } from '../iam/policy';
import { type Files, toAccount, toTrust, WORKLOAD } from './scene';

const SUBJECT = 'system:serviceaccount:shop:web';

/** What comes of an offer that was made for the workload of some files, with the files as they are then. */
function chooseIn(files: Files, later: Files = files) {
  const offer = getIrsaOffer(openProject(files), toUri('web.yaml'), WORKLOAD.indexOf('kind'));
  if (!offer || offer.reason !== undefined) throw new Error(`not offered: ${offer?.reason}`);
  return setUpIrsa(openProject(later), offer.place);
}

test('a policy that names the account and admits others too is not completed', () => {
  const policy = JSON.parse(toTrust(SUBJECT));
  const [statement] = policy.Statement;
  policy.Statement.push({ ...statement, Condition: { StringEquals: { [`${PROVIDER}:aud`]: 'sts.amazonaws.com' } } });
  expect(chooseIn({ 'web.yaml': WORKLOAD, 'web-trust.json': JSON.stringify(policy) })).toEqual({
    reason: `The trust policy that names "${SUBJECT}" would admit other ServiceAccounts too. Mend it first.`,
  });
});

test('the name of the new file is taken by something else', () => {
  const files = { 'web.yaml': WORKLOAD, 'iam/shop-web-trust-policy.json': '{}' };
  expect(chooseIn(files)).toEqual({
    reason: 'A file "shop-web-trust-policy.json" is there already, and does not hold the trust policy.',
  });
});

test('a part that several places share cannot be written', () => {
  const shared = `${WORKLOAD.replace('    spec:\n', '    spec: &pod\n')}other: *pod\n`;
  expect(chooseIn({ 'web.yaml': shared })).toMatchObject({ reason: expect.stringContaining('used in several places') });
});

test('what it was offered for is gone, or complete by now', () => {
  expect(chooseIn({ 'web.yaml': WORKLOAD }, { 'web.yaml': 'kind: Nothing\n' })).toEqual({ reason: CHANGED_SINCE });
  const complete = {
    'web.yaml': WORKLOAD.replace('      containers:', '      serviceAccountName: web\n      containers:'),
    'account.yaml': toAccount('web', 'arn:aws:iam::111122223333:role/web'),
    'web-trust.json': toTrust(SUBJECT),
  };
  expect(chooseIn({ 'web.yaml': WORKLOAD }, complete)).toEqual({ reason: CHANGED_SINCE });
});

test('a template fills something in by now', () => {
  const later = WORKLOAD.replace('namespace: shop', 'namespace: "${NAMESPACE}"');
  expect(chooseIn({ 'web.yaml': WORKLOAD }, { 'web.yaml': later })).toEqual({
    reason: 'The namespace of Deployment "web" is filled in by a template.',
  });
});
