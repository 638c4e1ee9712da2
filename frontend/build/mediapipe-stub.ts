export const Pose = undefined
