import type { ViewFault, ViewNodeType } from '../messages';

/** The colours and the typeface of a drawing, as CSS values. */
export interface Palette {
  readonly background: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly edge: string;
  /** Of what stands on a badge. */
  readonly onBadge: string;
  readonly fonts: string;
  readonly types: Readonly<Record<ViewNodeType, string>>;
  readonly severities: Readonly<Record<ViewFault['severity'], string>>;
}

const color = (...names: readonly string[]): string =>
  names.reduceRight((inner, name) => `var(--vscode-${name}${inner === '' ? '' : `, ${inner}`})`, '');

/** The colours of the editor's theme, whichever that is: high contrast draws every border. */
export const THEME: Palette = {
  background: color('editor-background'),
  card: color('editorWidget-background', 'editor-background'),
  border: color('contrastBorder', 'editorWidget-border', 'panel-border', 'foreground'),
  text: color('foreground'),
  muted: color('descriptionForeground', 'foreground'),
  edge: color('contrastBorder', 'descriptionForeground', 'foreground'),
  onBadge: color('editor-background'),
  fonts: color('font-family'),
  types: {
    workload: color('charts-blue', 'foreground'),
    account: color('charts-green', 'foreground'),
    subject: color('charts-green', 'foreground'),
    binding: color('descriptionForeground', 'foreground'),
    role: color('charts-purple', 'foreground'),
    'iam-role': color('charts-orange', 'foreground'),
    'trust-policy': color('charts-yellow', 'foreground'),
  },
  severities: {
    error: color('editorError-foreground', 'errorForeground'),
    warning: color('editorWarning-foreground', 'charts-yellow'),
    info: color('editorInfo-foreground', 'charts-blue'),
  },
};

/** A palette with every value put through `resolve`, for a drawing that leaves the editor. */
export function resolvePalette(palette: Palette, resolve: (value: string) => string): Palette {
  const each = <K extends string>(values: Readonly<Record<K, string>>): Readonly<Record<K, string>> =>
    Object.fromEntries(Object.entries<string>(values).map(([key, value]) => [key, resolve(value)])) as Record<
      K,
      string
    >;
  const { types, severities, ...rest } = palette;
  return { ...each(rest), types: each(types), severities: each(severities) };
}
