import type { JointName, Limb, Posture } from './figure'

/** How an exercise is drawn: where it starts, where it turns, which joint does the work. */
export interface Drawing {
  start: Posture
  turn: Posture
  /** On the way, half there: where joints would not go straight. */
  via?: Posture
  /** Left and right take turns. */
  alternates?: boolean
  /** How long a repetition is drawn; absent: calmly. */
  repMs?: number
  lit: JointName
  /** Half the width of the shoulders; 0 is a view from the side. */
  spread?: number
  /** Straight lines that belong to the place: a bar, a bench. x1, y1, x2, y2. */
  props?: readonly (readonly [number, number, number, number])[]
  /** A weight or a bar end drawn at the hand. */
  weight?: boolean
  floor?: boolean
}

const FLOOR = 106

const both = (limb: Limb): readonly [Limb, Limb] => [limb, limb]
/** A limb and its mirror image, for a view from the front. */
const mirrored = ([upper, lower]: Limb): readonly [Limb, Limb] => [
  [upper, lower],
  [180 - upper, 180 - lower],
]

const standing: Posture = {
  torso: -90,
  arms: both([96, 86]),
  legs: both([90, 90]),
  anchor: ['foot', 58, FLOOR],
}
const facing: Posture = {
  torso: -90,
  arms: mirrored([78, 84]),
  legs: mirrored([86, 88]),
  anchor: ['foot', 60, FLOOR],
}
const plank: Posture = {
  torso: -22,
  arms: both([90, 90]),
  legs: both([157, 157]),
  anchor: ['hand', 84, FLOOR],
}

export const DRAWINGS: Readonly<Record<string, Drawing>> = {
  squat: {
    start: { ...standing, arms: both([80, 70]) },
    turn: { ...standing, torso: -62, arms: both([8, -2]), legs: both([12, 116]) },
    lit: 'knee',
  },
  push_up: {
    start: plank,
    turn: { ...plank, torso: -8, arms: both([200, 70]), legs: both([173, 173]) },
    lit: 'elbow',
  },
  sit_up: {
    start: { torso: -176, arms: both([-60, -120]), legs: both([-48, 50]), anchor: ['hip', 62, 101] },
    turn: { torso: -68, arms: both([30, -10]), legs: both([-48, 50]), anchor: ['hip', 62, 101] },
    lit: 'hip',
  },
  pull_up: {
    start: { ...facing, arms: mirrored([-72, -86]), legs: mirrored([86, 100]), anchor: ['hand', 60, 16] },
    turn: { ...facing, arms: mirrored([40, -84]), legs: mirrored([84, 108]), anchor: ['hand', 60, 16] },
    lit: 'elbow',
    spread: 9,
    props: [[22, 16, 98, 16]],
    floor: false,
  },
  lunge: {
    start: { ...standing, anchor: ['foot', 74, FLOOR] },
    turn: {
      ...standing,
      arms: both([110, 60]),
      legs: [
        [8, 92],
        [98, 172],
      ],
      anchor: ['foot', 78, FLOOR],
    },
    alternates: true,
    lit: 'knee',
  },
  jumping_jack: {
    start: facing,
    turn: { ...facing, arms: mirrored([-50, -66]), legs: mirrored([62, 66]), anchor: ['foot', 60, FLOOR] },
    lit: 'shoulder',
    spread: 9,
    repMs: 1500,
  },
  bicep_curl: {
    start: { ...standing, arms: both([92, 84]) },
    turn: { ...standing, arms: both([92, -52]) },
    lit: 'elbow',
    weight: true,
  },
  shoulder_press: {
    start: { ...facing, arms: mirrored([58, -78]) },
    turn: { ...facing, arms: mirrored([-66, -94]) },
    lit: 'shoulder',
    spread: 9,
    weight: true,
  },
  front_raise: {
    start: { ...standing, arms: both([84, 80]) },
    turn: { ...standing, arms: both([-2, -2]) },
    lit: 'shoulder',
    weight: true,
  },
  bench_press: {
    start: { torso: 180, arms: both([-90, -90]), legs: both([14, 92]), anchor: ['hip', 66, 80] },
    turn: { torso: 180, arms: both([40, -90]), legs: both([14, 92]), anchor: ['hip', 66, 80] },
    lit: 'elbow',
    weight: true,
    props: [
      [18, 87, 72, 87],
      [28, 87, 28, FLOOR],
      [62, 87, 62, FLOOR],
    ],
  },
  deadlift: {
    start: { ...standing, arms: both([88, 86]), anchor: ['foot', 52, FLOOR] },
    turn: {
      ...standing,
      torso: -24,
      arms: both([92, 90]),
      legs: both([38, 104]),
      anchor: ['foot', 52, FLOOR],
    },
    lit: 'hip',
    weight: true,
  },
  high_knees: {
    start: { ...standing, anchor: ['hip', 58, FLOOR - 44] },
    turn: {
      ...standing,
      arms: [
        [130, 40],
        [50, -40],
      ],
      legs: [
        [-8, 96],
        [90, 90],
      ],
      anchor: ['hip', 58, FLOOR - 44],
    },
    alternates: true,
    repMs: 1100,
    lit: 'hip',
  },
  mountain_climber: {
    start: plank,
    turn: {
      ...plank,
      legs: [
        [38, 168],
        [157, 157],
      ],
    },
    // The knee passes over the floor: hips go up for it.
    via: {
      ...plank,
      torso: -9,
      legs: [
        [92, 178],
        [147, 147],
      ],
    },
    alternates: true,
    repMs: 1400,
    lit: 'hip',
  },
  pommel_horse: {
    start: {
      torso: -58,
      arms: [
        [100, 92],
        [80, 86],
      ],
      legs: both([8, 4]),
      anchor: ['hand', 56, 74],
    },
    turn: {
      torso: -122,
      arms: [
        [100, 92],
        [80, 86],
      ],
      legs: both([172, 176]),
      anchor: ['hand', 60, 74],
    },
    // The legs pass towards the viewer.
    via: {
      torso: -90,
      arms: [
        [100, 92],
        [80, 86],
      ],
      legs: both([90, 90]),
      reach: 0.45,
      anchor: ['hand', 58, 74],
    },
    repMs: 2000,
    lit: 'shoulder',
    props: [
      [30, 78, 90, 78],
      [46, 78, 46, FLOOR],
      [74, 78, 74, FLOOR],
    ],
  },
  plank: {
    start: { ...plank, torso: -11, arms: both([90, 0]), legs: both([167, 167]), anchor: ['elbow', 80, 104] },
    turn: { ...plank, torso: -11, arms: both([90, 0]), legs: both([167, 167]), anchor: ['elbow', 80, 104] },
    lit: 'hip',
  },
}

export const FLOOR_Y = FLOOR
