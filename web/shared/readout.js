// SPDX-License-Identifier: Apache-2.0
// Some browsers hide pictures from pages: what is read from a canvas is noise or white (LibreWolf, Tor Browser, Firefox with
// privacy.resistFingerprinting, add-ons). A pattern that is known tells.

const kSize = 32;
const kBlock = 8;
const kMostDifference = 12;  // of 255, in the mean; others change single values by one, which does no harm
const kMostBytes = 4000;     // the pattern's JPEG has about 900; noise has 6000
const kColours = [[200, 40, 40], [40, 160, 60], [50, 70, 190], [210, 190, 60]];

const colour_at = (x, y) => kColours[(Math.floor(x / kBlock) + 3 * Math.floor(y / kBlock)) % kColours.length];

function draw(canvas) {
  canvas.width = canvas.height = kSize;
  const context = canvas.getContext('2d', {alpha: false});
  for (let y = 0; y < kSize; y += kBlock) {
    for (let x = 0; x < kSize; x += kBlock) {
      context.fillStyle = `rgb(${colour_at(x, y).join(' ')})`;
      context.fillRect(x, y, kBlock, kBlock);
    }
  }
  return context;
}

function difference(pixels) {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const wanted = colour_at((i / 4) % kSize, Math.floor(i / 4 / kSize));
    for (let c = 0; c < 3; ++c) sum += Math.abs(pixels[i + c] - wanted[c]);
  }
  return sum / (pixels.length / 4 * 3);
}

/// Whether pictures that the page draws come out as they are.
export async function pictures_can_be_read() {
  const canvas = document.createElement('canvas');
  try {
    const context = draw(canvas);
    if (difference(context.getImageData(0, 0, kSize, kSize).data) > kMostDifference) return false;
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
    return blob !== null && blob.size < kMostBytes;
  } catch {
    return false;
  }
}
