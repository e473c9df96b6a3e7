/**
 * The shader of a slice. Samples are read as the numbers they are (integer or float textures, `texelFetch`) and blended
 * in 32-bit floats, so that no GPU's texture filter or normalised format changes a grey level.
 * `//VTK::…` lines are filled in by vtk.js.
 */

/** GLSL sampler of the texture that holds the samples. */
export type SamplerType = 'isampler2D' | 'usampler2D' | 'sampler2D';

export const VERTEX_SHADER = `//VTK::System::Dec
void main() {
  vec2 corner = vec2(float((gl_VertexID & 1) * 4 - 1), float((gl_VertexID & 2) * 2 - 1));
  gl_Position = vec4(corner, 0.0, 1.0);
}
`;

const HEAD = (sampler: SamplerType): string => `//VTK::System::Dec
precision highp ${sampler};
uniform ${sampler} samples;
uniform vec3 columnFromDevice;
uniform vec3 rowFromDevice;
uniform float viewHeight;
uniform int isLinear;
uniform int taps;
uniform int curveKind;
uniform vec3 curve;
uniform vec2 padding;
uniform int isInverted;
//VTK::Output::Dec
`;

const MAIN = `
vec2 imageFromDevice(vec2 device) {
  return vec2(dot(columnFromDevice, vec3(device, 1.0)), dot(rowFromDevice, vec3(device, 1.0)));
}

void main() {
  vec2 device = vec2(gl_FragCoord.x, viewHeight - gl_FragCoord.y);
  vec2 at = imageFromDevice(device);
  ivec2 size = textureSize(samples, 0);
  vec3 light = vec3(0.0);
  if (all(greaterThanEqual(at, vec2(-0.5))) && all(lessThan(at, vec2(size) - 0.5))) light = lightAt(at, device, size);
  gl_FragData[0] = vec4(light, 1.0);
}
`;

/** Steps through the samples under a device pixel; `SUM` is what is done with each. */
const tapLoop = (sum: string): string => `
  for (int row = 0; row < taps; row++) {
    for (int column = 0; column < taps; column++) {
      vec2 offset = (vec2(float(column), float(row)) + 0.5) / float(taps) - 0.5;
      ivec2 texel = ivec2(floor(imageFromDevice(device + offset) + 0.5));
      ${sum}
    }
  }
`;

/** The four samples around a point with their weights. */
const bilinear = (sum: string): string => `
  vec2 base = floor(at);
  vec2 f = at - base;
  for (int k = 0; k < 4; k++) {
    ivec2 step = ivec2(k & 1, k >> 1);
    ivec2 texel = ivec2(base) + step;
    float weight = (step.x == 1 ? f.x : 1.0 - f.x) * (step.y == 1 ? f.y : 1.0 - f.y);
    ${sum}
  }
`;

const GREY = `
vec2 imageFromDevice(vec2 device);

float sampleAt(ivec2 texel, ivec2 size) {
  return float(texelFetch(samples, clamp(texel, ivec2(0), size - 1), 0).r);
}

bool isPadding(float value) {
  return value >= padding.x && value <= padding.y;
}

float lightOf(float value) {
  float t = (value - curve.x) * curve.y;
  if (curveKind == 1) return t > 0.0 ? 1.0 : 0.0;
  if (curveKind == 2) return 1.0 / (1.0 + exp(-4.0 * t));
  return clamp(t + curve.z, 0.0, 1.0);
}

vec3 lightAt(vec2 at, vec2 device, ivec2 size) {
  float value = sampleAt(ivec2(floor(at + 0.5)), size);
  if (isPadding(value)) return vec3(0.0);
  float total = 0.0;
  float weights = 0.0;
  if (taps > 1) {
    ${tapLoop('float v = sampleAt(texel, size); if (!isPadding(v)) { total += v; weights += 1.0; }')}
  } else if (isLinear == 1) {
    ${bilinear('float v = sampleAt(texel, size); if (!isPadding(v)) { total += v * weight; weights += weight; }')}
  }
  if (weights > 0.0) value = total / weights;
  float light = lightOf(value);
  return vec3(isInverted == 1 ? 1.0 - light : light);
}
`;

const COLOUR = `
vec2 imageFromDevice(vec2 device);

vec3 sampleAt(ivec2 texel, ivec2 size) {
  return vec3(texelFetch(samples, clamp(texel, ivec2(0), size - 1), 0).rgb);
}

vec3 lightAt(vec2 at, vec2 device, ivec2 size) {
  vec3 value = vec3(0.0);
  if (taps > 1) {
    ${tapLoop('value += sampleAt(texel, size) / float(taps * taps);')}
  } else if (isLinear == 1) {
    ${bilinear('value += sampleAt(texel, size) * weight;')}
  } else {
    value = sampleAt(ivec2(floor(at + 0.5)), size);
  }
  vec3 light = value / 255.0;
  return isInverted == 1 ? 1.0 - light : light;
}
`;

export function fragmentShader(sampler: SamplerType, kind: 'grey' | 'colour'): string {
  return HEAD(sampler) + (kind === 'grey' ? GREY : COLOUR) + MAIN;
}
