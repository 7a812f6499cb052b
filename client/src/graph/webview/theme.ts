import { type Palette, resolvePalette, THEME } from '../drawing/palette';
import { FONTS, type Measure } from '../drawing/text';

/** The theme's colours as they are now, without names that only the editor knows. */
export function readPalette(): Palette {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolve = (value: string): string => {
    const property = value === THEME.fonts ? 'font-family' : 'color';
    probe.style.setProperty(property, value);
    return getComputedStyle(probe).getPropertyValue(property);
  };
  const palette = resolvePalette(THEME, resolve);
  probe.remove();
  return palette;
}

/** Measures text as this page sets it. */
export function createMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const family = getComputedStyle(document.body).fontFamily;
  return (text, style) => {
    if (!context) return 0;
    const { size, weight } = FONTS[style];
    context.font = `${weight} ${size}px ${family}`;
    return context.measureText(text).width;
  };
}
