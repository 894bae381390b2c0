/**
 * A value as formulas compute it: null for blank; whole numbers and decimals as digits without the point (12.30 of scale 2
 * is 1230n); floating numbers, epoch days and wall-clock epoch seconds as numbers. The type says which.
 */
export type Value = null | bigint | number | string | boolean
