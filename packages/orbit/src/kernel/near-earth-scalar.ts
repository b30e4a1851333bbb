// SPDX-License-Identifier: MIT
// Written from formulas.ts by generate/main.ts: change the formulas, then run it. A test compares.

/** Of the formulas: a compiled kernel with another one is out of date. */
export const FINGERPRINT = "a5393a8869a4d863";

/**
 * Near-earth SGP4 over satellites `from` to `to` (multiples of four) and `times` instants: see `fleet.ts` for the
 * layout, in which every place is an index of `f`. Returns whether it declined anywhere; there x is NaN.
 */
export function scalarStates(
  f: Float64Array,
  columns: number,
  epochs: number,
  epochTile: number,
  instants: number,
  times: number,
  from: number,
  to: number,
  scale: number,
  out: number,
  stride: number,
): boolean {
  let declined = false;
  for (let i = from; i < to; i++) {
    const c = columns + (i >> 2) * 132 + (i & 3);
    const e = epochs + (i >> 2) * epochTile + (i & 3);
    const day = f[e]!;
    const msOfDay = f[e + 4]!;
    const mo = f[c + 0]!;
    const mdot = f[c + 4]!;
    const argpo = f[c + 8]!;
    const argpdot = f[c + 12]!;
    const nodeo = f[c + 16]!;
    const nodedot = f[c + 20]!;
    const nodecf = f[c + 24]!;
    const eta = f[c + 28]!;
    const delmo = f[c + 32]!;
    const omgcof = f[c + 36]!;
    const xmcof = f[c + 40]!;
    const cc1 = f[c + 44]!;
    const d2 = f[c + 48]!;
    const d3 = f[c + 52]!;
    const d4 = f[c + 56]!;
    const eccentricity = f[c + 60]!;
    const bcc4 = f[c + 64]!;
    const bcc5 = f[c + 68]!;
    const nt2cof = f[c + 72]!;
    const nt3cof = f[c + 76]!;
    const nt4cof = f[c + 80]!;
    const nt5cof = f[c + 84]!;
    const aoKm = f[c + 88]!;
    const isao = f[c + 92]!;
    const aycof = f[c + 96]!;
    const xlcof = f[c + 100]!;
    const con41x15 = f[c + 104]!;
    const x1mth2 = f[c + 108]!;
    const x7thm1x025 = f[c + 112]!;
    const cosio = f[c + 116]!;
    const cosiox15 = f[c + 120]!;
    const sinio = f[c + 124]!;
    const e2limit = f[c + 128]!;
    for (let k = 0; k < times; k++) {
      const instant = instants + 3 * k;
      const t = (f[instant]! - day - msOfDay) * scale;
      const turn = f[instant + 1]!;
      const rate = f[instant + 2]!;

      // Secular effects of the Earth's shape and of drag on the angles.
      const t2 = t * t;
      const xmdf = mo + mdot * t;
      const node = nodeo + nodedot * t + nodecf * t2 - turn;
      const xmdfWhole = xmdf * 0.3183098861837907 + 6755399441055744;
      const xmdfK = xmdfWhole - 6755399441055744;
      const xmdfSign = 1 - ((xmdfK & 1) << 1);
      const xmdfR = xmdf - xmdfK * Math.PI;
      const xmdfQ = xmdfR * xmdfR;
      const xmdfQ2 = xmdfQ * xmdfQ;
      const xmdfQ4 = xmdfQ2 * xmdfQ2;
      const roughCosXmdf_0 = -0.4999999999702403 * xmdfQ + 0.9999999999992518;
      const roughCosXmdf_2 = -0.0013888884180011647 * xmdfQ + 0.0416666664733852;
      const roughCosXmdf_4 = -2.7524696389812293e-7 * xmdfQ + 0.000024801040648797843;
      const roughCosXmdf_6 = roughCosXmdf_4 + 1.9907856852656805e-9 * xmdfQ2;
      const roughCosXmdf_ = (roughCosXmdf_0 + roughCosXmdf_2 * xmdfQ2 + roughCosXmdf_6 * xmdfQ4) * xmdfSign;
      const delmRoot = 1 + eta * roughCosXmdf_;
      const drift = omgcof * t + xmcof * (delmRoot * delmRoot * delmRoot - delmo);
      const mm = xmdf + drift;
      const argpm = argpo + argpdot * t - drift;

      // Drag on semi-major axis, eccentricity and mean longitude.
      const tempa = Math.abs(1 - t * (cc1 + t * (d2 + t * (d3 + t * d4))));
      const templ = t2 * (nt2cof + t * (nt3cof + t * (nt4cof + t * nt5cof)));
      const mmWhole = mm * 0.3183098861837907 + 6755399441055744;
      const mmK = mmWhole - 6755399441055744;
      const mmSign = 1 - ((mmK & 1) << 1);
      const mmR = mm - mmK * Math.PI;
      const mmQ = mmR * mmR;
      const mmQ2 = mmQ * mmQ;
      const mmQ4 = mmQ2 * mmQ2;
      const roughSinMm_0 = -0.16666666541439165 * mmQ + 0.9999999998898519;
      const roughSinMm_2 = -0.00019840702862605796 * mmQ + 0.008333329264457153;
      const roughSinMm_4 = -2.379471354527744e-8 * mmQ + 0.0000027518855638685464;
      const roughSinMm_ = (roughSinMm_0 + roughSinMm_2 * mmQ2 + roughSinMm_4 * mmQ4) * mmR * mmSign;
      const emRaw = eccentricity - bcc4 * t - bcc5 * roughSinMm_;
      const em = Math.max(emRaw, 0.000001);
      const amKm = aoKm * (tempa * tempa);
      const isq = isao / tempa;
      const iam = isq * isq;

      // Long-period periodics: the eccentricity vector, and u = M + omega, the mean argument of latitude.
      const argpmWhole = argpm * 0.3183098861837907 + 6755399441055744;
      const argpmK = argpmWhole - 6755399441055744;
      const argpmSign = 1 - ((argpmK & 1) << 1);
      const argpmR = argpm - argpmK * Math.PI;
      const argpmQ = argpmR * argpmR;
      const argpmQ2 = argpmQ * argpmQ;
      const argpmQ4 = argpmQ2 * argpmQ2;
      const roughCosArgpm_0 = -0.4999999999702403 * argpmQ + 0.9999999999992518;
      const roughCosArgpm_2 = -0.0013888884180011647 * argpmQ + 0.0416666664733852;
      const roughCosArgpm_4 = -2.7524696389812293e-7 * argpmQ + 0.000024801040648797843;
      const roughCosArgpm_6 = roughCosArgpm_4 + 1.9907856852656805e-9 * argpmQ2;
      const roughCosArgpm_ =
        (roughCosArgpm_0 + roughCosArgpm_2 * argpmQ2 + roughCosArgpm_6 * argpmQ4) * argpmSign;
      const axnl = em * roughCosArgpm_;
      const inverseP = iam / (1 - em * em);
      const roughSinArgpm_0 = -0.16666666541439165 * argpmQ + 0.9999999998898519;
      const roughSinArgpm_2 = -0.00019840702862605796 * argpmQ + 0.008333329264457153;
      const roughSinArgpm_4 = -2.379471354527744e-8 * argpmQ + 0.0000027518855638685464;
      const roughSinArgpm_ =
        (roughSinArgpm_0 + roughSinArgpm_2 * argpmQ2 + roughSinArgpm_4 * argpmQ4) * argpmR * argpmSign;
      const aynl = em * roughSinArgpm_ + inverseP * aycof;
      const u = mm + argpm + templ + inverseP * xlcof * axnl;
      const uWhole = u * 0.3183098861837907 + 6755399441055744;
      const uK = uWhole - 6755399441055744;
      const uSign = 1 - ((uK & 1) << 1);
      const uR = u - uK * 3.1415926218032837 - uK * 3.178650954705639e-8;
      const uQ = uR * uR;
      const uQ2 = uQ * uQ;
      const uQ4 = uQ2 * uQ2;
      const sinU_0 = -0.16666666666098146 * uQ + 0.9999999999996247;
      const sinU_2 = -0.00019841265024036364 * uQ + 0.008333333308414684;
      const sinU_4 = -2.5026636347867388e-8 * uQ + 0.0000027556840874135635;
      const sinU_6 = sinU_4 + 1.5365937557364872e-10 * uQ2;
      const sinU_ = (sinU_0 + sinU_2 * uQ2 + sinU_6 * uQ4) * uR * uSign;
      const sinU = sinU_;
      const cosU_0 = -0.4999999999702403 * uQ + 0.9999999999992518;
      const cosU_2 = -0.0013888884180011647 * uQ + 0.0416666664733852;
      const cosU_4 = -2.7524696389812293e-7 * uQ + 0.000024801040648797843;
      const cosU_6 = cosU_4 + 1.9907856852656805e-9 * uQ2;
      const cosU_ = (cosU_0 + cosU_2 * uQ2 + cosU_6 * uQ4) * uSign;
      const cosU = cosU_;

      // Kepler: w = E - u solves w = p cos w + q sin w. First guess to the third order, then one step of Newton.
      const p = axnl * sinU - aynl * cosU;
      const q = axnl * cosU + aynl * sinU;
      const w0 = p / (1 - q);
      const w1 = w0 * (1 - 0.5 * (w0 * w0));
      const ww = w1 * w1;
      const sinW1 = w1 * (1 - ww * (0.16666666666666666 - ww * 0.008333333333333333));
      const cosW1 = 1 - ww * (0.5 - ww * 0.041666666666666664);
      const step = (p * cosW1 + q * sinW1 - w1) / (1 + p * sinW1 - q * cosW1);
      const esine = w1 + step;
      const sinW = sinW1 + step * cosW1;
      const cosW = cosW1 - step * sinW1;
      const sinE = sinU * cosW + cosU * sinW;
      const cosE = cosU * cosW - sinU * sinW;

      // Short-period preliminaries: distance, argument of latitude.
      const oneLessEcose = 1 - (q * cosW - p * sinW);
      const el2 = axnl * axnl + aynl * aynl;
      const b2 = 1 - el2;
      const betal = Math.sqrt(b2);
      const ir = 1 / oneLessEcose;
      const across = esine / (1 + betal);
      const sinu = ir * (sinE - aynl - axnl * across);
      const cosu = ir * (cosE - axnl + aynl * across);
      const twoSinu = sinu + sinu;
      const sin2u = twoSinu * cosu;
      const cos2u = 1 - twoSinu * sinu;

      // Short-period periodics.
      const inversePl = iam / b2;
      const temp1 = 0.000541308 * inversePl;
      const temp2 = temp1 * inversePl;
      const swing = x1mth2 * cos2u;
      const radiusKm = amKm * oneLessEcose * (1 - temp2 * betal * con41x15) + 3189.0675 * temp1 * swing;
      const shiftU = temp2 * x7thm1x025 * sin2u;
      const tilt = temp2 * cosiox15;
      const shiftNode = tilt * sin2u;
      const shiftI = tilt * sinio * cos2u;
      const speed = 7.905370510517634 * isq;
      const nm1 = speed * iam * temp1;
      const irsq = ir * speed;
      const outward = esine * irsq - nm1 * x1mth2 * sin2u;
      const ahead = betal * irsq + nm1 * (swing + con41x15);

      // Turn the three angles by their small shifts, below 1e-3: the next term is 4e-14.
      const su2 = shiftU * shiftU;
      const sinShiftU = shiftU * (1 - su2 * 0.16666666666666666);
      const cosShiftU = 1 - su2 * 0.5;
      const sinSu = sinu * cosShiftU - cosu * sinShiftU;
      const cosSu = cosu * cosShiftU + sinu * sinShiftU;
      const sn2 = shiftNode * shiftNode;
      const sinShiftNode = shiftNode * (1 - sn2 * 0.16666666666666666);
      const cosShiftNode = 1 - sn2 * 0.5;
      const nodeWhole = node * 0.3183098861837907 + 6755399441055744;
      const nodeK = nodeWhole - 6755399441055744;
      const nodeSign = 1 - ((nodeK & 1) << 1);
      const nodeR = node - nodeK * 3.1415926218032837 - nodeK * 3.178650954705639e-8;
      const nodeQ = nodeR * nodeR;
      const nodeQ2 = nodeQ * nodeQ;
      const nodeQ4 = nodeQ2 * nodeQ2;
      const sinNode_0 = -0.16666666666098146 * nodeQ + 0.9999999999996247;
      const sinNode_2 = -0.00019841265024036364 * nodeQ + 0.008333333308414684;
      const sinNode_4 = -2.5026636347867388e-8 * nodeQ + 0.0000027556840874135635;
      const sinNode_6 = sinNode_4 + 1.5365937557364872e-10 * nodeQ2;
      const sinNode_ = (sinNode_0 + sinNode_2 * nodeQ2 + sinNode_6 * nodeQ4) * nodeR * nodeSign;
      const cosNode_0 = -0.4999999999702403 * nodeQ + 0.9999999999992518;
      const cosNode_2 = -0.0013888884180011647 * nodeQ + 0.0416666664733852;
      const cosNode_4 = -2.7524696389812293e-7 * nodeQ + 0.000024801040648797843;
      const cosNode_6 = cosNode_4 + 1.9907856852656805e-9 * nodeQ2;
      const cosNode_ = (cosNode_0 + cosNode_2 * nodeQ2 + cosNode_6 * nodeQ4) * nodeSign;
      const sinNode = sinNode_ * cosShiftNode + cosNode_ * sinShiftNode;
      const cosNode = cosNode_ * cosShiftNode - sinNode_ * sinShiftNode;
      const si2 = shiftI * shiftI;
      const sinShiftI = shiftI * (1 - si2 * 0.16666666666666666);
      const cosShiftI = 1 - si2 * 0.5;
      const sinI = sinio * cosShiftI + cosio * sinShiftI;
      const cosI = cosio * cosShiftI - sinio * sinShiftI;

      // Unit vectors along the radius (ux, uy, uz) and ahead of it.
      const mx = sinNode * cosI;
      const my = cosNode * cosI;
      const ux = cosNode * cosSu - mx * sinSu;
      const uy = my * sinSu + sinNode * cosSu;
      const uz = sinI * sinSu;
      const x = radiusKm * ux;
      const y = radiusKm * uy;
      const z = radiusKm * uz;
      const vx = outward * ux - ahead * (mx * cosSu + cosNode * sinSu) + rate * y;
      const vy = outward * uy + ahead * (my * cosSu - sinNode * sinSu) - rate * x;
      const vz = outward * uz + ahead * (sinI * cosSu);

      // What the kernel vouches for; NaN is never sound.
      const tame = Math.abs(u) < 100000 && amKm * b2 > 5740.3215;
      const sound = tame && el2 < e2limit && emRaw > -0.000999 && radiusKm > 6378.135006378136;

      const w = out + 6 * k * stride + i;
      f[w] = sound ? x : Number.NaN;
      f[w + stride] = y;
      f[w + 2 * stride] = z;
      f[w + 3 * stride] = vx;
      f[w + 4 * stride] = vy;
      f[w + 5 * stride] = vz;
      if (!sound) declined = true;
    }
  }
  return declined;
}
