const SEVERITIES = ['error', 'warning', 'info', 'off'];

function toProperties(rules) {
  return Object.fromEntries(
    rules.map((rule) => {
      const state = rule.isDefault === false ? 'off' : rule.severity;
      return [rule.id, { enum: SEVERITIES, default: state, description: rule.docs.what.replaceAll('`', '') }];
    }),
  );
}

/** The extension's manifest with the ids of all rules in its setting; an Error where it has no such setting. */
export function toManifest(text, rules) {
  const manifest = JSON.parse(text);
  const sections = [manifest.contributes?.configuration ?? []].flat();
  const setting = sections.map((section) => section.properties?.['breakwater.rules']).find(Boolean);
  if (!setting) throw new Error('package.json has no setting breakwater.rules');
  setting.properties = toProperties(rules);
  setting.additionalProperties = false;
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The configuration file's schema with the ids of all rules; an Error where it has no place for them. */
export function toConfigurationSchema(text, rules) {
  const schema = JSON.parse(text);
  const target = schema.$defs?.rules ?? schema.definitions?.rules ?? schema.properties?.rules;
  if (!target) throw new Error('schemas/configuration.schema.json has no place for the rules');
  target.properties = toProperties(rules);
  target.additionalProperties = false;
  return `${JSON.stringify(schema, null, 2)}\n`;
}
