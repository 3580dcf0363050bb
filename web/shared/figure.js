// SPDX-License-Identifier: Apache-2.0
// Draws a person from landmarks (api/http-landmarks.schema.json): x, y in units of the picture.

/// Lines of MediaPipe's 33 body points (without the face) and 21 hand points.
const kPoseBones = [[11, 12], [11, 13], [13, 15], [12, 14], [14, 16], [11, 23], [12, 24], [23, 24], [23, 25], [25, 27],
  [24, 26], [26, 28], [27, 29], [29, 31], [27, 31], [28, 30], [30, 32], [28, 32]];
const kHandBones = [[0, 1], [1, 2], [2, 3], [3, 4], [0, 5], [5, 6], [6, 7], [7, 8], [5, 9], [9, 10], [10, 11], [11, 12],
  [9, 13], [13, 14], [14, 15], [15, 16], [13, 17], [17, 18], [18, 19], [19, 20], [0, 17]];
const kSeen = 0.5;
const kLeastVisibility = 0.3;

/// Pose points that a joint's name in a verdict means (core/topology.h).
const kJoints = {left_shoulder: 11, right_shoulder: 12, left_elbow: 13, right_elbow: 14, left_wrist: 15, right_wrist: 16,
  left_hip: 23, right_hip: 24, left_knee: 25, right_knee: 26, left_ankle: 27, right_ankle: 28, nose: 0};

function blend(share) {
  // Sky blue (right) over yellow to orange red (far off): told apart by the colour-blind as light from dark too.
  const stops = [[122, 196, 255], [255, 214, 92], [255, 106, 72]];
  const at = Math.min(1, Math.max(0, share)) * 2;
  const low = Math.min(1, Math.floor(at));
  const part = at - low;
  return `rgb(${stops[low].map((value, i) => Math.round(value + (stops[low + 1][i] - value) * part)).join(' ')})`;
}

function visible(pose, index) {
  const point = pose[index];
  return point && (point[3] === undefined || point[3] >= kLeastVisibility);
}

/// style: {line, dot, left, right, width, errors: {joint: 0–1}}
export function draw_person(context, frame, place, style) {
  const errors = new Map();
  for (const [joint, share] of style.errors ?? []) {
    if (kJoints[joint] !== undefined) errors.set(kJoints[joint], share);
  }
  const line = (a, b, colour) => {
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...place(a));
    context.lineTo(...place(b));
    context.stroke();
  };
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const pose = frame.pose;
  if (pose) {
    context.lineWidth = style.width;
    for (const [from, to] of kPoseBones) {
      if (!visible(pose, from) || !visible(pose, to)) continue;
      const error = Math.max(errors.get(from) ?? 0, errors.get(to) ?? 0);
      line(pose[from], pose[to], error > 0.05 ? blend(error) : style.line);
    }
    draw_head(context, pose, place, style);
    for (const [joint, share] of errors) {
      if (!visible(pose, joint)) continue;
      context.fillStyle = blend(share);
      context.beginPath();
      context.arc(...place(pose[joint]), style.width * 1.9, 0, 7);
      context.fill();
    }
  }
  for (const [name, joint] of [['left_hand', 'left'], ['right_hand', 'right']]) {
    const hand = frame[name];
    if (!hand) continue;
    const share = (style.errors ?? []).find(([error_joint]) => error_joint === name)?.[1] ?? 0;
    context.lineWidth = Math.max(1.2, style.width * 0.5);
    for (const [from, to] of kHandBones) line(hand[from], hand[to], share > 0.05 ? blend(share) : style[joint]);
  }
}

function draw_head(context, pose, place, style) {
  if (!visible(pose, 0)) return;
  const [left, right] = [place(pose[7]), place(pose[8])];
  const [x, y] = place(pose[0]);
  const shoulders = [place(pose[11]), place(pose[12])];
  const span = Math.hypot(shoulders[0][0] - shoulders[1][0], shoulders[0][1] - shoulders[1][1]);
  const radius = Math.max(Math.hypot(left[0] - right[0], left[1] - right[1]) * 0.62, span * 0.2, style.width * 2);
  context.lineWidth = style.width;
  context.strokeStyle = style.line;
  context.beginPath();
  context.arc(x, y - radius * 0.15, radius, 0, 7);
  context.stroke();
  const neck = [(shoulders[0][0] + shoulders[1][0]) / 2, (shoulders[0][1] + shoulders[1][1]) / 2];
  if (neck[1] - y < radius) return;  // bent over: no neck to be seen
  context.beginPath();
  context.moveTo(x, y + radius * 0.85);
  context.lineTo(...neck);
  context.stroke();
}

/// Bounds of all points of a repetition, in units of the picture's height.
export function bounds_of(frames, aspect) {
  const box = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
  const take = (point) => {
    box.left = Math.min(box.left, point[0] * aspect);
    box.right = Math.max(box.right, point[0] * aspect);
    box.top = Math.min(box.top, point[1]);
    box.bottom = Math.max(box.bottom, point[1]);
  };
  for (const frame of frames) {
    frame.pose?.forEach((point, index) => {
      // A point guessed outside the picture would make the figure small.
      if (visible(frame.pose, index) && (point[3] ?? 1) >= kSeen && point[1] > -0.2 && point[1] < 1.15) take(point);
    });
    frame.left_hand?.forEach(take);
    frame.right_hand?.forEach(take);
  }
  if (!Number.isFinite(box.left)) return {left: 0, top: 0, right: aspect, bottom: 1};
  const height = box.bottom - box.top;
  box.top -= height * 0.1;  // the head reaches above the nose
  return box;
}

/// Colours of the scheme for a figure on a page's ground.
export function page_style(element, width = 4) {
  const css = getComputedStyle(element);
  const colour = (name) => css.getPropertyValue(name).trim();
  return {line: colour('--ink-2'), left: colour('--accent'), right: colour('--unsure'), width};
}

export const kVideoStyle = {line: 'rgb(122 196 255)', left: 'rgb(180 240 200)', right: 'rgb(255 214 120)', width: 5};
export const kGhostStyle = {line: 'rgb(255 255 255 / 55%)', left: 'rgb(255 255 255 / 45%)', right: 'rgb(255 255 255 / 45%)', width: 9};
