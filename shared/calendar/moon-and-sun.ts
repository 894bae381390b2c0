/**
 * New moons and the sun's longitude after Jean Meeus, Astronomical Algorithms (2nd ed.), chapters 49 and 25: the moon good to a
 * minute and the sun to a quarter of an hour, which decides every day of 2015 to 2035 (the tests have the published dates).
 */
const radian = Math.PI / 180
const sine = (degrees: number): number => Math.sin(degrees * radian)

/** Days from the Julian date of 1970-01-01, midnight, and from universal time to China's. */
const unixEpoch = 2_440_587.5
const chinaAhead = 8 / 24
/** Dynamical less universal time: 64 to 74 seconds in these years. */
const deltaT = 70 / 86_400

/** Epoch day in China of a moment given as a Julian ephemeris day. */
export function chinaDay(ephemeris: number): number {
  return Math.floor(ephemeris - deltaT - unixEpoch + chinaAhead)
}

/** Julian ephemeris day of the first moment of an epoch day in China. */
function startOfDay(day: number): number {
  return day + unixEpoch - chinaAhead + deltaT
}

/** Coefficient, power of the eccentricity, and the multiples of M, M' and F whose sine it stands for. */
const periodic: readonly (readonly [number, number, number, number, number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
  [-0.00007, 0, 2, 1, 0],
  [0.00004, 0, 0, 2, -2],
  [0.00004, 0, 3, 0, 0],
  [0.00003, 0, 1, 1, -2],
  [0.00003, 0, 0, 2, 2],
  [-0.00003, 0, 1, 1, 2],
  [0.00003, 0, -1, 1, 2],
  [-0.00002, 0, -1, 1, -2],
  [-0.00002, 0, 1, 3, 0],
  [0.00002, 0, 0, 4, 0],
]

/** Start, step per lunation and millionths of a day of the planets' pull. */
const planetary: readonly (readonly [number, number, number])[] = [
  [299.77, 0.107408, 325],
  [251.88, 0.016321, 165],
  [251.83, 26.651886, 164],
  [349.42, 36.412478, 126],
  [84.66, 18.206239, 110],
  [141.74, 53.303771, 62],
  [207.14, 2.453732, 60],
  [154.84, 7.30686, 56],
  [34.52, 27.261239, 47],
  [207.19, 0.121824, 42],
  [291.34, 1.844379, 40],
  [161.72, 24.198154, 37],
  [239.56, 25.513099, 35],
  [331.55, 3.592518, 23],
]

/** The day in China of the new moon number `k`, counted from that of January 2000. */
export function newMoonDay(k: number): number {
  const t = k / 1236.85
  const eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t * t
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t * t
  let day = 2_451_550.09766 + 29.530588861 * k + 0.00015437 * t * t - 0.00017 * sine(node)
  for (const [size, power, m, moons, f] of periodic) {
    day += size * eccentricity ** power * sine(m * sun + moons * moon + f * latitude)
  }
  for (const [start, step, size] of planetary) day += size * 1e-6 * sine(start + step * k)
  return chinaDay(day)
}

/** Number of the last new moon on or before an epoch day. */
export function moonBefore(day: number): number {
  let k = Math.round((day - 10_962) / 29.530588861)
  while (newMoonDay(k) > day) k--
  while (newMoonDay(k + 1) <= day) k++
  return k
}

/** Apparent longitude of the sun, in degrees from 0 to 360, as an epoch day begins in China. */
export function sunLongitude(day: number): number {
  const t = (startOfDay(day) - 2_451_545) / 36_525
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t
  const centre =
    (1.914602 - 0.004817 * t) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly)
  const nutation = -0.00569 - 0.00478 * sine(125.04 - 1934.136 * t)
  return (((mean + centre + nutation) % 360) + 360) % 360
}

/** The day on which the sun reaches a longitude, at most `within` days after `from`. */
export function solarTermDay(longitude: number, from: number, within = 40): number {
  const ahead = (day: number): number => (((sunLongitude(day) - longitude) % 360) + 540) % 360
  for (let day = from; day < from + within; day++) {
    if (ahead(day) < 180 && ahead(day + 1) >= 180) return day
  }
  throw new Error(`the sun does not reach ${longitude} degrees within ${within} days`)
}
