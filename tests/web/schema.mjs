// SPDX-License-Identifier: Apache-2.0
// As much of JSON Schema as api/http-openapi.json uses; a keyword that is not known here is an error, not a pass.

const kAnnotations = new Set(['description', 'summary', 'title', 'example', 'examples', 'default', 'format', 'discriminator']);
const kTypes = {
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value), array: Array.isArray,
  string: (value) => typeof value === 'string', number: (value) => typeof value === 'number', integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean', null: (value) => value === null,
};

/// The places where `value` is not what `schema` says; none when it is.
export function schema_problems(value, schema, root, where = '') {
  const at = (key) => `${where}/${key}`;
  const check = (inner, rule, place) => schema_problems(inner, rule, root, place);
  const rules = {
    $ref: (name) => check(value, name.slice(2).split('/').reduce((node, key) => node[key], root), where),
    type: (types) => ([types].flat().some((type) => kTypes[type](value)) ? [] : [`${where || '/'}: no ${types}`]),
    properties: (properties) => (kTypes.object(value) ? Object.entries(properties).flatMap(([key, rule]) => (key in value ? check(value[key], rule, at(key)) : [])) : []),
    required: (keys) => (kTypes.object(value) ? keys.filter((key) => !(key in value)).map((key) => `${at(key)}: missing`) : []),
    additionalProperties: (rule) => {
      const others = kTypes.object(value) ? Object.keys(value).filter((key) => !(key in (schema.properties ?? {}))) : [];
      return rule === false ? others.map((key) => `${at(key)}: unknown`) : rule === true ? [] : others.flatMap((key) => check(value[key], rule, at(key)));
    },
    items: (rule) => (Array.isArray(value) ? value.slice((schema.prefixItems ?? []).length).flatMap((each, i) => check(each, rule, at(i))) : []),
    prefixItems: (each) => (Array.isArray(value) ? each.slice(0, value.length).flatMap((rule, i) => check(value[i], rule, at(i))) : []),
    minItems: (least) => (Array.isArray(value) && value.length < least ? [`${where}: too few`] : []),
    maxItems: (most) => (Array.isArray(value) && value.length > most ? [`${where}: too many`] : []),
    minimum: (least) => (typeof value === 'number' && value < least ? [`${where}: too small`] : []),
    maximum: (most) => (typeof value === 'number' && value > most ? [`${where}: too large`] : []),
    maxLength: (most) => (typeof value === 'string' && value.length > most ? [`${where}: too long`] : []),
    minLength: (least) => (typeof value === 'string' && value.length < least ? [`${where}: too short`] : []),
    pattern: (pattern) => (typeof value === 'string' && !new RegExp(pattern).test(value) ? [`${where}: not ${pattern}`] : []),
    enum: (values) => (values.includes(value) ? [] : [`${where}: ${value} is none of ${values}`]),
    const: (wanted) => (value === wanted ? [] : [`${where}: not ${wanted}`]),
    allOf: (all) => all.flatMap((rule) => check(value, rule, where)),
    oneOf: (any) => (any.filter((rule) => check(value, rule, where).length === 0).length === 1 ? [] : [`${where || '/'}: not one of the alternatives`]),
    anyOf: (any) => (any.some((rule) => check(value, rule, where).length === 0) ? [] : [`${where || '/'}: none of the alternatives`]),
  };
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    if (kAnnotations.has(keyword)) return [];
    if (!rules[keyword]) throw new Error(`the keyword ${keyword} is not known`);
    return rules[keyword](rule);
  });
}
