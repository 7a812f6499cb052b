import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyAction, closeAll, getActions, getComments, open, pickAction, toUri, undoTo, write } from './editing';
import { waitForAbsence, waitForFinding } from './wait';

const provider = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';
const wrong = 'system:serviceaccount:shop:report-witer';
const right = 'system:serviceaccount:shop:report-writer';

/** Comments at every depth, tags, and blanks that a printer of YAML would not keep. */
const template = `# The roles of the shop.
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String,   Default: test }   # set by the pipeline
Conditions:
  IsProduction: !Equals [!Ref Stage, production]

Resources:
  # Who may write the monthly reports.
  ReportWriter:
    Type: AWS::IAM::Role
    Condition: IsProduction
    Properties:
      RoleName:   report-writer  # as the account names it
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Federated: !Sub "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${provider}"
            Action: sts:AssumeRoleWithWebIdentity # by its token
            Condition:
              StringEquals:
                "${provider}:aud": sts.amazonaws.com
                "${provider}:sub":   '${wrong}'   # agreed with the shop
  Bucket:
    Type: AWS::S3::Bucket
`;

const path = 'stacks/roles.template.yaml';

/** Trust policies inside CloudFormation templates. */
export function defineCloudFormationSuite(): void {
  describe('CloudFormation', () => {
    beforeEach(async () => write(path, template));

    afterEach(async () => {
      await closeAll();
      await vscode.workspace.fs.delete(toUri('stacks'), { recursive: true });
    });

    it('a wrong subject in a template is found where it stands, and its fix changes nothing else', async () => {
      const document = await open(path);
      const finding = await waitForFinding(document.uri, 'irsa-subject-mismatch');
      assert(document.getText(finding.range).includes(wrong));
      const [related] = finding.relatedInformation ?? [];
      assert.equal(related?.location.uri.toString(), toUri('apps/accounts.yaml').toString());
      await applyAction(pickAction(await getActions(document, finding.range), /^Change the subject to/));
      assert.equal(document.getText(), template.replace(wrong, right));
      assert.deepEqual(getComments(document.getText()), getComments(template));
      await waitForAbsence(document.uri, 'irsa-subject-mismatch');
      await undoTo(document, template);
      await waitForFinding(document.uri, 'irsa-subject-mismatch');
    });

    it('an audience that is missing is written beside the subject, and taken back by one undo', async () => {
      const line = `                "${provider}:aud": sts.amazonaws.com\n`;
      const without = template.replace(line, '').replace(wrong, right);
      await write(path, without);
      const document = await open(path);
      assert.equal(document.getText(), without);
      const finding = await waitForFinding(document.uri, 'irsa-audience-missing');
      await applyAction(pickAction(await getActions(document, finding.range), /sts\.amazonaws\.com/));
      const fixed = document.getText();
      const added = fixed.split('\n').filter((text) => !without.split('\n').includes(text));
      assert.equal(added.length, 1, fixed);
      assert.match(added[0] ?? '', /^ {16}\S.*:aud.*: ['"]?sts\.amazonaws\.com['"]?$/);
      assert.equal(fixed.replace(`${added[0]}\n`, ''), without, 'nothing else changes');
      await waitForAbsence(document.uri, 'irsa-audience-missing');
      await undoTo(document, without);
      await waitForFinding(document.uri, 'irsa-audience-missing');
    });
  });
}
