/** An ARN taken apart: `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly account: string;
  readonly resource: string;
}

/** The parts of an ARN; undefined for what is none. Placeholders stay in the parts. */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, account, resource] = /^arn:([^:]*):([^:]*):[^:]*:([^:]*):(.+)$/s.exec(text) ?? [];
  if (partition === undefined || service === undefined || account === undefined || resource === undefined)
    return undefined;
  return { partition, service, account, resource };
}

/** The account of an ARN where it is written as its twelve digits. */
export function getAccount(arn: string | undefined): string | undefined {
  const account = arn === undefined ? undefined : parseArn(arn)?.account;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** The partition of an ARN where it is known. */
export function getPartition(arn: string | undefined): string | undefined {
  const partition = arn === undefined ? undefined : parseArn(arn)?.partition;
  return partition !== undefined && /^aws[a-z-]*$/.test(partition) ? partition : undefined;
}

/** The ARN of an identity provider in IAM. */
export function toProviderArn(partition: string, account: string, provider: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${provider}`;
}

// Regions by the beginning of their names, the longer first.
const PARTITIONS: readonly (readonly [region: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-iso-', 'aws-iso'],
  ['eusc-', 'aws-eusc'],
];

/** The region in the name of an EKS cluster's provider; undefined for other providers and where it is filled in later. */
export function getRegionOfProvider(provider: string): string | undefined {
  return /^oidc[.-]eks\.([a-z]{2,4}-[a-z]+(?:-[a-z]+)?-\d+)\./.exec(provider)?.[1];
}

/** The partition in which a region is. */
export function getPartitionOfRegion(region: string): string {
  return PARTITIONS.find(([start]) => region.startsWith(start))?.[1] ?? 'aws';
}
