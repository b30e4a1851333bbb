// SPDX-License-Identifier: MIT
// AssemblyScript. Written from formulas.ts by generate/main.ts: change the formulas, then run it. A test compares.
// Fingerprint: a5393a8869a4d863

// Every number twice, one for each lane.
const NUMBERS: usize = memory.data<f64>([
  0.3183098861837907, 0.3183098861837907,
  6755399441055744.0, 6755399441055744.0,
  3.141592653589793, 3.141592653589793,
  -0.4999999999702403, -0.4999999999702403,
  0.9999999999992518, 0.9999999999992518,
  -0.0013888884180011647, -0.0013888884180011647,
  0.0416666664733852, 0.0416666664733852,
  -2.7524696389812293e-7, -2.7524696389812293e-7,
  0.000024801040648797843, 0.000024801040648797843,
  1.9907856852656805e-9, 1.9907856852656805e-9,
  1.0, 1.0,
  -0.16666666541439165, -0.16666666541439165,
  0.9999999998898519, 0.9999999998898519,
  -0.00019840702862605796, -0.00019840702862605796,
  0.008333329264457153, 0.008333329264457153,
  -2.379471354527744e-8, -2.379471354527744e-8,
  0.0000027518855638685464, 0.0000027518855638685464,
  0.000001, 0.000001,
  3.1415926218032837, 3.1415926218032837,
  3.178650954705639e-8, 3.178650954705639e-8,
  -0.16666666666098146, -0.16666666666098146,
  0.9999999999996247, 0.9999999999996247,
  -0.00019841265024036364, -0.00019841265024036364,
  0.008333333308414684, 0.008333333308414684,
  -2.5026636347867388e-8, -2.5026636347867388e-8,
  0.0000027556840874135635, 0.0000027556840874135635,
  1.5365937557364872e-10, 1.5365937557364872e-10,
  0.5, 0.5,
  0.16666666666666666, 0.16666666666666666,
  0.008333333333333333, 0.008333333333333333,
  0.041666666666666664, 0.041666666666666664,
  0.000541308, 0.000541308,
  3189.0675, 3189.0675,
  7.905370510517634, 7.905370510517634,
  100000.0, 100000.0,
  5740.3215, 5740.3215,
  -0.000999, -0.000999,
  6378.135006378136, 6378.135006378136,
], 16);

/**
 * Near-earth SGP4 over satellites from to to (multiples of four) and times instants: see fleet.ts for the layout, in
 * which every place is an address and stride counts bytes. Returns whether it declined anywhere; there x is NaN.
 */
export function states(
  columns: usize,
  epochs: usize,
  epochTile: usize,
  instants: usize,
  times: i32,
  from: i32,
  to: i32,
  scale: f64,
  out: usize,
  stride: usize,
): bool {
  const minutes = f64x2.splat(scale);
  let declined = i64x2.splat(0);
  for (let k = 0; k < times; k++) {
    const instant = instants + 24 * <usize>k;
    const at = v128.load64_splat(instant);
    const turn = v128.load64_splat(instant, 8);
    const rate = v128.load64_splat(instant, 16);
    let c = columns + (<usize>from >> 2) * 1056;
    let e = epochs + (<usize>from >> 2) * epochTile;
    let w = out + 6 * <usize>k * stride + (<usize>from << 3);
    for (let i = from; i < to; i += 4) {
      const tA = f64x2.mul(f64x2.sub(f64x2.sub(at, v128.load(e)), v128.load(e, 32)), minutes);
      const tB = f64x2.mul(f64x2.sub(f64x2.sub(at, v128.load(e, 16)), v128.load(e, 48)), minutes);

      // Secular effects of the Earth's shape and of drag on the angles.
      const t2A = f64x2.mul(tA, tA);
      const t2B = f64x2.mul(tB, tB);
      const moA = v128.load(c, 0);
      const moB = v128.load(c, 16);
      const mdotA = v128.load(c, 32);
      const mdotB = v128.load(c, 48);
      const xmdfA = f64x2.add(moA, f64x2.mul(mdotA, tA));
      const xmdfB = f64x2.add(moB, f64x2.mul(mdotB, tB));
      const nodeoA = v128.load(c, 128);
      const nodeoB = v128.load(c, 144);
      const nodedotA = v128.load(c, 160);
      const nodedotB = v128.load(c, 176);
      const nodecfA = v128.load(c, 192);
      const nodecfB = v128.load(c, 208);
      const nodeA = f64x2.sub(f64x2.add(f64x2.add(nodeoA, f64x2.mul(nodedotA, tA)), f64x2.mul(nodecfA, t2A)), turn);
      const nodeB = f64x2.sub(f64x2.add(f64x2.add(nodeoB, f64x2.mul(nodedotB, tB)), f64x2.mul(nodecfB, t2B)), turn);
      const xmdfWholeA = f64x2.add(f64x2.mul(xmdfA, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const xmdfWholeB = f64x2.add(f64x2.mul(xmdfB, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const xmdfKA = f64x2.sub(xmdfWholeA, v128.load(NUMBERS, 16));
      const xmdfKB = f64x2.sub(xmdfWholeB, v128.load(NUMBERS, 16));
      const xmdfSignA = i64x2.shl(xmdfWholeA, 63);
      const xmdfSignB = i64x2.shl(xmdfWholeB, 63);
      const xmdfRA = f64x2.sub(xmdfA, f64x2.mul(xmdfKA, v128.load(NUMBERS, 32)));
      const xmdfRB = f64x2.sub(xmdfB, f64x2.mul(xmdfKB, v128.load(NUMBERS, 32)));
      const xmdfQA = f64x2.mul(xmdfRA, xmdfRA);
      const xmdfQB = f64x2.mul(xmdfRB, xmdfRB);
      const xmdfQ2A = f64x2.mul(xmdfQA, xmdfQA);
      const xmdfQ2B = f64x2.mul(xmdfQB, xmdfQB);
      const xmdfQ4A = f64x2.mul(xmdfQ2A, xmdfQ2A);
      const xmdfQ4B = f64x2.mul(xmdfQ2B, xmdfQ2B);
      const roughCosXmdf_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), xmdfQA), v128.load(NUMBERS, 64));
      const roughCosXmdf_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), xmdfQB), v128.load(NUMBERS, 64));
      const roughCosXmdf_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), xmdfQA), v128.load(NUMBERS, 96));
      const roughCosXmdf_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), xmdfQB), v128.load(NUMBERS, 96));
      const roughCosXmdf_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), xmdfQA), v128.load(NUMBERS, 128));
      const roughCosXmdf_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), xmdfQB), v128.load(NUMBERS, 128));
      const roughCosXmdf_6A = f64x2.add(roughCosXmdf_4A, f64x2.mul(v128.load(NUMBERS, 144), xmdfQ2A));
      const roughCosXmdf_6B = f64x2.add(roughCosXmdf_4B, f64x2.mul(v128.load(NUMBERS, 144), xmdfQ2B));
      const roughCosXmdf_A = v128.xor(f64x2.add(f64x2.add(roughCosXmdf_0A, f64x2.mul(roughCosXmdf_2A, xmdfQ2A)), f64x2.mul(roughCosXmdf_6A, xmdfQ4A)), xmdfSignA);
      const roughCosXmdf_B = v128.xor(f64x2.add(f64x2.add(roughCosXmdf_0B, f64x2.mul(roughCosXmdf_2B, xmdfQ2B)), f64x2.mul(roughCosXmdf_6B, xmdfQ4B)), xmdfSignB);
      const etaA = v128.load(c, 224);
      const etaB = v128.load(c, 240);
      const delmRootA = f64x2.add(v128.load(NUMBERS, 160), f64x2.mul(etaA, roughCosXmdf_A));
      const delmRootB = f64x2.add(v128.load(NUMBERS, 160), f64x2.mul(etaB, roughCosXmdf_B));
      const omgcofA = v128.load(c, 288);
      const omgcofB = v128.load(c, 304);
      const xmcofA = v128.load(c, 320);
      const xmcofB = v128.load(c, 336);
      const delmoA = v128.load(c, 256);
      const delmoB = v128.load(c, 272);
      const driftA = f64x2.add(f64x2.mul(omgcofA, tA), f64x2.mul(xmcofA, f64x2.sub(f64x2.mul(f64x2.mul(delmRootA, delmRootA), delmRootA), delmoA)));
      const driftB = f64x2.add(f64x2.mul(omgcofB, tB), f64x2.mul(xmcofB, f64x2.sub(f64x2.mul(f64x2.mul(delmRootB, delmRootB), delmRootB), delmoB)));
      const mmA = f64x2.add(xmdfA, driftA);
      const mmB = f64x2.add(xmdfB, driftB);
      const argpoA = v128.load(c, 64);
      const argpoB = v128.load(c, 80);
      const argpdotA = v128.load(c, 96);
      const argpdotB = v128.load(c, 112);
      const argpmA = f64x2.sub(f64x2.add(argpoA, f64x2.mul(argpdotA, tA)), driftA);
      const argpmB = f64x2.sub(f64x2.add(argpoB, f64x2.mul(argpdotB, tB)), driftB);

      // Drag on semi-major axis, eccentricity and mean longitude.
      const cc1A = v128.load(c, 352);
      const cc1B = v128.load(c, 368);
      const d2A = v128.load(c, 384);
      const d2B = v128.load(c, 400);
      const d3A = v128.load(c, 416);
      const d3B = v128.load(c, 432);
      const d4A = v128.load(c, 448);
      const d4B = v128.load(c, 464);
      const tempaA = f64x2.abs(f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(tA, f64x2.add(cc1A, f64x2.mul(tA, f64x2.add(d2A, f64x2.mul(tA, f64x2.add(d3A, f64x2.mul(tA, d4A)))))))));
      const tempaB = f64x2.abs(f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(tB, f64x2.add(cc1B, f64x2.mul(tB, f64x2.add(d2B, f64x2.mul(tB, f64x2.add(d3B, f64x2.mul(tB, d4B)))))))));
      const nt2cofA = v128.load(c, 576);
      const nt2cofB = v128.load(c, 592);
      const nt3cofA = v128.load(c, 608);
      const nt3cofB = v128.load(c, 624);
      const nt4cofA = v128.load(c, 640);
      const nt4cofB = v128.load(c, 656);
      const nt5cofA = v128.load(c, 672);
      const nt5cofB = v128.load(c, 688);
      const templA = f64x2.mul(t2A, f64x2.add(nt2cofA, f64x2.mul(tA, f64x2.add(nt3cofA, f64x2.mul(tA, f64x2.add(nt4cofA, f64x2.mul(tA, nt5cofA)))))));
      const templB = f64x2.mul(t2B, f64x2.add(nt2cofB, f64x2.mul(tB, f64x2.add(nt3cofB, f64x2.mul(tB, f64x2.add(nt4cofB, f64x2.mul(tB, nt5cofB)))))));
      const mmWholeA = f64x2.add(f64x2.mul(mmA, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const mmWholeB = f64x2.add(f64x2.mul(mmB, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const mmKA = f64x2.sub(mmWholeA, v128.load(NUMBERS, 16));
      const mmKB = f64x2.sub(mmWholeB, v128.load(NUMBERS, 16));
      const mmSignA = i64x2.shl(mmWholeA, 63);
      const mmSignB = i64x2.shl(mmWholeB, 63);
      const mmRA = f64x2.sub(mmA, f64x2.mul(mmKA, v128.load(NUMBERS, 32)));
      const mmRB = f64x2.sub(mmB, f64x2.mul(mmKB, v128.load(NUMBERS, 32)));
      const mmQA = f64x2.mul(mmRA, mmRA);
      const mmQB = f64x2.mul(mmRB, mmRB);
      const mmQ2A = f64x2.mul(mmQA, mmQA);
      const mmQ2B = f64x2.mul(mmQB, mmQB);
      const mmQ4A = f64x2.mul(mmQ2A, mmQ2A);
      const mmQ4B = f64x2.mul(mmQ2B, mmQ2B);
      const roughSinMm_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 176), mmQA), v128.load(NUMBERS, 192));
      const roughSinMm_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 176), mmQB), v128.load(NUMBERS, 192));
      const roughSinMm_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 208), mmQA), v128.load(NUMBERS, 224));
      const roughSinMm_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 208), mmQB), v128.load(NUMBERS, 224));
      const roughSinMm_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 240), mmQA), v128.load(NUMBERS, 256));
      const roughSinMm_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 240), mmQB), v128.load(NUMBERS, 256));
      const roughSinMm_A = v128.xor(f64x2.mul(f64x2.add(f64x2.add(roughSinMm_0A, f64x2.mul(roughSinMm_2A, mmQ2A)), f64x2.mul(roughSinMm_4A, mmQ4A)), mmRA), mmSignA);
      const roughSinMm_B = v128.xor(f64x2.mul(f64x2.add(f64x2.add(roughSinMm_0B, f64x2.mul(roughSinMm_2B, mmQ2B)), f64x2.mul(roughSinMm_4B, mmQ4B)), mmRB), mmSignB);
      const eccentricityA = v128.load(c, 480);
      const eccentricityB = v128.load(c, 496);
      const bcc4A = v128.load(c, 512);
      const bcc4B = v128.load(c, 528);
      const bcc5A = v128.load(c, 544);
      const bcc5B = v128.load(c, 560);
      const emRawA = f64x2.sub(f64x2.sub(eccentricityA, f64x2.mul(bcc4A, tA)), f64x2.mul(bcc5A, roughSinMm_A));
      const emRawB = f64x2.sub(f64x2.sub(eccentricityB, f64x2.mul(bcc4B, tB)), f64x2.mul(bcc5B, roughSinMm_B));
      const emA = f64x2.pmax(v128.load(NUMBERS, 272), emRawA);
      const emB = f64x2.pmax(v128.load(NUMBERS, 272), emRawB);
      const aoKmA = v128.load(c, 704);
      const aoKmB = v128.load(c, 720);
      const amKmA = f64x2.mul(aoKmA, f64x2.mul(tempaA, tempaA));
      const amKmB = f64x2.mul(aoKmB, f64x2.mul(tempaB, tempaB));
      const isaoA = v128.load(c, 736);
      const isaoB = v128.load(c, 752);
      const isqA = f64x2.div(isaoA, tempaA);
      const isqB = f64x2.div(isaoB, tempaB);
      const iamA = f64x2.mul(isqA, isqA);
      const iamB = f64x2.mul(isqB, isqB);

      // Long-period periodics: the eccentricity vector, and u = M + omega, the mean argument of latitude.
      const argpmWholeA = f64x2.add(f64x2.mul(argpmA, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const argpmWholeB = f64x2.add(f64x2.mul(argpmB, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const argpmKA = f64x2.sub(argpmWholeA, v128.load(NUMBERS, 16));
      const argpmKB = f64x2.sub(argpmWholeB, v128.load(NUMBERS, 16));
      const argpmSignA = i64x2.shl(argpmWholeA, 63);
      const argpmSignB = i64x2.shl(argpmWholeB, 63);
      const argpmRA = f64x2.sub(argpmA, f64x2.mul(argpmKA, v128.load(NUMBERS, 32)));
      const argpmRB = f64x2.sub(argpmB, f64x2.mul(argpmKB, v128.load(NUMBERS, 32)));
      const argpmQA = f64x2.mul(argpmRA, argpmRA);
      const argpmQB = f64x2.mul(argpmRB, argpmRB);
      const argpmQ2A = f64x2.mul(argpmQA, argpmQA);
      const argpmQ2B = f64x2.mul(argpmQB, argpmQB);
      const argpmQ4A = f64x2.mul(argpmQ2A, argpmQ2A);
      const argpmQ4B = f64x2.mul(argpmQ2B, argpmQ2B);
      const roughCosArgpm_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), argpmQA), v128.load(NUMBERS, 64));
      const roughCosArgpm_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), argpmQB), v128.load(NUMBERS, 64));
      const roughCosArgpm_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), argpmQA), v128.load(NUMBERS, 96));
      const roughCosArgpm_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), argpmQB), v128.load(NUMBERS, 96));
      const roughCosArgpm_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), argpmQA), v128.load(NUMBERS, 128));
      const roughCosArgpm_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), argpmQB), v128.load(NUMBERS, 128));
      const roughCosArgpm_6A = f64x2.add(roughCosArgpm_4A, f64x2.mul(v128.load(NUMBERS, 144), argpmQ2A));
      const roughCosArgpm_6B = f64x2.add(roughCosArgpm_4B, f64x2.mul(v128.load(NUMBERS, 144), argpmQ2B));
      const roughCosArgpm_A = v128.xor(f64x2.add(f64x2.add(roughCosArgpm_0A, f64x2.mul(roughCosArgpm_2A, argpmQ2A)), f64x2.mul(roughCosArgpm_6A, argpmQ4A)), argpmSignA);
      const roughCosArgpm_B = v128.xor(f64x2.add(f64x2.add(roughCosArgpm_0B, f64x2.mul(roughCosArgpm_2B, argpmQ2B)), f64x2.mul(roughCosArgpm_6B, argpmQ4B)), argpmSignB);
      const axnlA = f64x2.mul(emA, roughCosArgpm_A);
      const axnlB = f64x2.mul(emB, roughCosArgpm_B);
      const inversePA = f64x2.div(iamA, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(emA, emA)));
      const inversePB = f64x2.div(iamB, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(emB, emB)));
      const roughSinArgpm_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 176), argpmQA), v128.load(NUMBERS, 192));
      const roughSinArgpm_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 176), argpmQB), v128.load(NUMBERS, 192));
      const roughSinArgpm_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 208), argpmQA), v128.load(NUMBERS, 224));
      const roughSinArgpm_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 208), argpmQB), v128.load(NUMBERS, 224));
      const roughSinArgpm_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 240), argpmQA), v128.load(NUMBERS, 256));
      const roughSinArgpm_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 240), argpmQB), v128.load(NUMBERS, 256));
      const roughSinArgpm_A = v128.xor(f64x2.mul(f64x2.add(f64x2.add(roughSinArgpm_0A, f64x2.mul(roughSinArgpm_2A, argpmQ2A)), f64x2.mul(roughSinArgpm_4A, argpmQ4A)), argpmRA), argpmSignA);
      const roughSinArgpm_B = v128.xor(f64x2.mul(f64x2.add(f64x2.add(roughSinArgpm_0B, f64x2.mul(roughSinArgpm_2B, argpmQ2B)), f64x2.mul(roughSinArgpm_4B, argpmQ4B)), argpmRB), argpmSignB);
      const aycofA = v128.load(c, 768);
      const aycofB = v128.load(c, 784);
      const aynlA = f64x2.add(f64x2.mul(emA, roughSinArgpm_A), f64x2.mul(inversePA, aycofA));
      const aynlB = f64x2.add(f64x2.mul(emB, roughSinArgpm_B), f64x2.mul(inversePB, aycofB));
      const xlcofA = v128.load(c, 800);
      const xlcofB = v128.load(c, 816);
      const uA = f64x2.add(f64x2.add(f64x2.add(mmA, argpmA), templA), f64x2.mul(f64x2.mul(inversePA, xlcofA), axnlA));
      const uB = f64x2.add(f64x2.add(f64x2.add(mmB, argpmB), templB), f64x2.mul(f64x2.mul(inversePB, xlcofB), axnlB));
      const uWholeA = f64x2.add(f64x2.mul(uA, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const uWholeB = f64x2.add(f64x2.mul(uB, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const uKA = f64x2.sub(uWholeA, v128.load(NUMBERS, 16));
      const uKB = f64x2.sub(uWholeB, v128.load(NUMBERS, 16));
      const uSignA = i64x2.shl(uWholeA, 63);
      const uSignB = i64x2.shl(uWholeB, 63);
      const uRA = f64x2.sub(f64x2.sub(uA, f64x2.mul(uKA, v128.load(NUMBERS, 288))), f64x2.mul(uKA, v128.load(NUMBERS, 304)));
      const uRB = f64x2.sub(f64x2.sub(uB, f64x2.mul(uKB, v128.load(NUMBERS, 288))), f64x2.mul(uKB, v128.load(NUMBERS, 304)));
      const uQA = f64x2.mul(uRA, uRA);
      const uQB = f64x2.mul(uRB, uRB);
      const uQ2A = f64x2.mul(uQA, uQA);
      const uQ2B = f64x2.mul(uQB, uQB);
      const uQ4A = f64x2.mul(uQ2A, uQ2A);
      const uQ4B = f64x2.mul(uQ2B, uQ2B);
      const sinU_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 320), uQA), v128.load(NUMBERS, 336));
      const sinU_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 320), uQB), v128.load(NUMBERS, 336));
      const sinU_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 352), uQA), v128.load(NUMBERS, 368));
      const sinU_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 352), uQB), v128.load(NUMBERS, 368));
      const sinU_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 384), uQA), v128.load(NUMBERS, 400));
      const sinU_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 384), uQB), v128.load(NUMBERS, 400));
      const sinU_6A = f64x2.add(sinU_4A, f64x2.mul(v128.load(NUMBERS, 416), uQ2A));
      const sinU_6B = f64x2.add(sinU_4B, f64x2.mul(v128.load(NUMBERS, 416), uQ2B));
      const sinU_A = v128.xor(f64x2.mul(f64x2.add(f64x2.add(sinU_0A, f64x2.mul(sinU_2A, uQ2A)), f64x2.mul(sinU_6A, uQ4A)), uRA), uSignA);
      const sinU_B = v128.xor(f64x2.mul(f64x2.add(f64x2.add(sinU_0B, f64x2.mul(sinU_2B, uQ2B)), f64x2.mul(sinU_6B, uQ4B)), uRB), uSignB);
      const sinUA = sinU_A;
      const sinUB = sinU_B;
      const cosU_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), uQA), v128.load(NUMBERS, 64));
      const cosU_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), uQB), v128.load(NUMBERS, 64));
      const cosU_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), uQA), v128.load(NUMBERS, 96));
      const cosU_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), uQB), v128.load(NUMBERS, 96));
      const cosU_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), uQA), v128.load(NUMBERS, 128));
      const cosU_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), uQB), v128.load(NUMBERS, 128));
      const cosU_6A = f64x2.add(cosU_4A, f64x2.mul(v128.load(NUMBERS, 144), uQ2A));
      const cosU_6B = f64x2.add(cosU_4B, f64x2.mul(v128.load(NUMBERS, 144), uQ2B));
      const cosU_A = v128.xor(f64x2.add(f64x2.add(cosU_0A, f64x2.mul(cosU_2A, uQ2A)), f64x2.mul(cosU_6A, uQ4A)), uSignA);
      const cosU_B = v128.xor(f64x2.add(f64x2.add(cosU_0B, f64x2.mul(cosU_2B, uQ2B)), f64x2.mul(cosU_6B, uQ4B)), uSignB);
      const cosUA = cosU_A;
      const cosUB = cosU_B;

      // Kepler: w = E - u solves w = p cos w + q sin w. First guess to the third order, then one step of Newton.
      const pA = f64x2.sub(f64x2.mul(axnlA, sinUA), f64x2.mul(aynlA, cosUA));
      const pB = f64x2.sub(f64x2.mul(axnlB, sinUB), f64x2.mul(aynlB, cosUB));
      const qA = f64x2.add(f64x2.mul(axnlA, cosUA), f64x2.mul(aynlA, sinUA));
      const qB = f64x2.add(f64x2.mul(axnlB, cosUB), f64x2.mul(aynlB, sinUB));
      const w0A = f64x2.div(pA, f64x2.sub(v128.load(NUMBERS, 160), qA));
      const w0B = f64x2.div(pB, f64x2.sub(v128.load(NUMBERS, 160), qB));
      const w1A = f64x2.mul(w0A, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(v128.load(NUMBERS, 432), f64x2.mul(w0A, w0A))));
      const w1B = f64x2.mul(w0B, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(v128.load(NUMBERS, 432), f64x2.mul(w0B, w0B))));
      const wwA = f64x2.mul(w1A, w1A);
      const wwB = f64x2.mul(w1B, w1B);
      const sinW1A = f64x2.mul(w1A, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(wwA, f64x2.sub(v128.load(NUMBERS, 448), f64x2.mul(wwA, v128.load(NUMBERS, 464))))));
      const sinW1B = f64x2.mul(w1B, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(wwB, f64x2.sub(v128.load(NUMBERS, 448), f64x2.mul(wwB, v128.load(NUMBERS, 464))))));
      const cosW1A = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(wwA, f64x2.sub(v128.load(NUMBERS, 432), f64x2.mul(wwA, v128.load(NUMBERS, 480)))));
      const cosW1B = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(wwB, f64x2.sub(v128.load(NUMBERS, 432), f64x2.mul(wwB, v128.load(NUMBERS, 480)))));
      const stepA = f64x2.div(f64x2.sub(f64x2.add(f64x2.mul(pA, cosW1A), f64x2.mul(qA, sinW1A)), w1A), f64x2.sub(f64x2.add(v128.load(NUMBERS, 160), f64x2.mul(pA, sinW1A)), f64x2.mul(qA, cosW1A)));
      const stepB = f64x2.div(f64x2.sub(f64x2.add(f64x2.mul(pB, cosW1B), f64x2.mul(qB, sinW1B)), w1B), f64x2.sub(f64x2.add(v128.load(NUMBERS, 160), f64x2.mul(pB, sinW1B)), f64x2.mul(qB, cosW1B)));
      const esineA = f64x2.add(w1A, stepA);
      const esineB = f64x2.add(w1B, stepB);
      const sinWA = f64x2.add(sinW1A, f64x2.mul(stepA, cosW1A));
      const sinWB = f64x2.add(sinW1B, f64x2.mul(stepB, cosW1B));
      const cosWA = f64x2.sub(cosW1A, f64x2.mul(stepA, sinW1A));
      const cosWB = f64x2.sub(cosW1B, f64x2.mul(stepB, sinW1B));
      const sinEA = f64x2.add(f64x2.mul(sinUA, cosWA), f64x2.mul(cosUA, sinWA));
      const sinEB = f64x2.add(f64x2.mul(sinUB, cosWB), f64x2.mul(cosUB, sinWB));
      const cosEA = f64x2.sub(f64x2.mul(cosUA, cosWA), f64x2.mul(sinUA, sinWA));
      const cosEB = f64x2.sub(f64x2.mul(cosUB, cosWB), f64x2.mul(sinUB, sinWB));

      // Short-period preliminaries: distance, argument of latitude.
      const oneLessEcoseA = f64x2.sub(v128.load(NUMBERS, 160), f64x2.sub(f64x2.mul(qA, cosWA), f64x2.mul(pA, sinWA)));
      const oneLessEcoseB = f64x2.sub(v128.load(NUMBERS, 160), f64x2.sub(f64x2.mul(qB, cosWB), f64x2.mul(pB, sinWB)));
      const el2A = f64x2.add(f64x2.mul(axnlA, axnlA), f64x2.mul(aynlA, aynlA));
      const el2B = f64x2.add(f64x2.mul(axnlB, axnlB), f64x2.mul(aynlB, aynlB));
      const b2A = f64x2.sub(v128.load(NUMBERS, 160), el2A);
      const b2B = f64x2.sub(v128.load(NUMBERS, 160), el2B);
      const betalA = f64x2.sqrt(b2A);
      const betalB = f64x2.sqrt(b2B);
      const irA = f64x2.div(v128.load(NUMBERS, 160), oneLessEcoseA);
      const irB = f64x2.div(v128.load(NUMBERS, 160), oneLessEcoseB);
      const acrossA = f64x2.div(esineA, f64x2.add(v128.load(NUMBERS, 160), betalA));
      const acrossB = f64x2.div(esineB, f64x2.add(v128.load(NUMBERS, 160), betalB));
      const sinuA = f64x2.mul(irA, f64x2.sub(f64x2.sub(sinEA, aynlA), f64x2.mul(axnlA, acrossA)));
      const sinuB = f64x2.mul(irB, f64x2.sub(f64x2.sub(sinEB, aynlB), f64x2.mul(axnlB, acrossB)));
      const cosuA = f64x2.mul(irA, f64x2.add(f64x2.sub(cosEA, axnlA), f64x2.mul(aynlA, acrossA)));
      const cosuB = f64x2.mul(irB, f64x2.add(f64x2.sub(cosEB, axnlB), f64x2.mul(aynlB, acrossB)));
      const twoSinuA = f64x2.add(sinuA, sinuA);
      const twoSinuB = f64x2.add(sinuB, sinuB);
      const sin2uA = f64x2.mul(twoSinuA, cosuA);
      const sin2uB = f64x2.mul(twoSinuB, cosuB);
      const cos2uA = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(twoSinuA, sinuA));
      const cos2uB = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(twoSinuB, sinuB));

      // Short-period periodics.
      const inversePlA = f64x2.div(iamA, b2A);
      const inversePlB = f64x2.div(iamB, b2B);
      const temp1A = f64x2.mul(v128.load(NUMBERS, 496), inversePlA);
      const temp1B = f64x2.mul(v128.load(NUMBERS, 496), inversePlB);
      const temp2A = f64x2.mul(temp1A, inversePlA);
      const temp2B = f64x2.mul(temp1B, inversePlB);
      const x1mth2A = v128.load(c, 864);
      const x1mth2B = v128.load(c, 880);
      const swingA = f64x2.mul(x1mth2A, cos2uA);
      const swingB = f64x2.mul(x1mth2B, cos2uB);
      const con41x15A = v128.load(c, 832);
      const con41x15B = v128.load(c, 848);
      const radiusKmA = f64x2.add(f64x2.mul(f64x2.mul(amKmA, oneLessEcoseA), f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(f64x2.mul(temp2A, betalA), con41x15A))), f64x2.mul(f64x2.mul(v128.load(NUMBERS, 512), temp1A), swingA));
      const radiusKmB = f64x2.add(f64x2.mul(f64x2.mul(amKmB, oneLessEcoseB), f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(f64x2.mul(temp2B, betalB), con41x15B))), f64x2.mul(f64x2.mul(v128.load(NUMBERS, 512), temp1B), swingB));
      const x7thm1x025A = v128.load(c, 896);
      const x7thm1x025B = v128.load(c, 912);
      const shiftUA = f64x2.mul(f64x2.mul(temp2A, x7thm1x025A), sin2uA);
      const shiftUB = f64x2.mul(f64x2.mul(temp2B, x7thm1x025B), sin2uB);
      const cosiox15A = v128.load(c, 960);
      const cosiox15B = v128.load(c, 976);
      const tiltA = f64x2.mul(temp2A, cosiox15A);
      const tiltB = f64x2.mul(temp2B, cosiox15B);
      const shiftNodeA = f64x2.mul(tiltA, sin2uA);
      const shiftNodeB = f64x2.mul(tiltB, sin2uB);
      const sinioA = v128.load(c, 992);
      const sinioB = v128.load(c, 1008);
      const shiftIA = f64x2.mul(f64x2.mul(tiltA, sinioA), cos2uA);
      const shiftIB = f64x2.mul(f64x2.mul(tiltB, sinioB), cos2uB);
      const speedA = f64x2.mul(v128.load(NUMBERS, 528), isqA);
      const speedB = f64x2.mul(v128.load(NUMBERS, 528), isqB);
      const nm1A = f64x2.mul(f64x2.mul(speedA, iamA), temp1A);
      const nm1B = f64x2.mul(f64x2.mul(speedB, iamB), temp1B);
      const irsqA = f64x2.mul(irA, speedA);
      const irsqB = f64x2.mul(irB, speedB);
      const outwardA = f64x2.sub(f64x2.mul(esineA, irsqA), f64x2.mul(f64x2.mul(nm1A, x1mth2A), sin2uA));
      const outwardB = f64x2.sub(f64x2.mul(esineB, irsqB), f64x2.mul(f64x2.mul(nm1B, x1mth2B), sin2uB));
      const aheadA = f64x2.add(f64x2.mul(betalA, irsqA), f64x2.mul(nm1A, f64x2.add(swingA, con41x15A)));
      const aheadB = f64x2.add(f64x2.mul(betalB, irsqB), f64x2.mul(nm1B, f64x2.add(swingB, con41x15B)));

      // Turn the three angles by their small shifts, below 1e-3: the next term is 4e-14.
      const su2A = f64x2.mul(shiftUA, shiftUA);
      const su2B = f64x2.mul(shiftUB, shiftUB);
      const sinShiftUA = f64x2.mul(shiftUA, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(su2A, v128.load(NUMBERS, 448))));
      const sinShiftUB = f64x2.mul(shiftUB, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(su2B, v128.load(NUMBERS, 448))));
      const cosShiftUA = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(su2A, v128.load(NUMBERS, 432)));
      const cosShiftUB = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(su2B, v128.load(NUMBERS, 432)));
      const sinSuA = f64x2.sub(f64x2.mul(sinuA, cosShiftUA), f64x2.mul(cosuA, sinShiftUA));
      const sinSuB = f64x2.sub(f64x2.mul(sinuB, cosShiftUB), f64x2.mul(cosuB, sinShiftUB));
      const cosSuA = f64x2.add(f64x2.mul(cosuA, cosShiftUA), f64x2.mul(sinuA, sinShiftUA));
      const cosSuB = f64x2.add(f64x2.mul(cosuB, cosShiftUB), f64x2.mul(sinuB, sinShiftUB));
      const sn2A = f64x2.mul(shiftNodeA, shiftNodeA);
      const sn2B = f64x2.mul(shiftNodeB, shiftNodeB);
      const sinShiftNodeA = f64x2.mul(shiftNodeA, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(sn2A, v128.load(NUMBERS, 448))));
      const sinShiftNodeB = f64x2.mul(shiftNodeB, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(sn2B, v128.load(NUMBERS, 448))));
      const cosShiftNodeA = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(sn2A, v128.load(NUMBERS, 432)));
      const cosShiftNodeB = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(sn2B, v128.load(NUMBERS, 432)));
      const nodeWholeA = f64x2.add(f64x2.mul(nodeA, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const nodeWholeB = f64x2.add(f64x2.mul(nodeB, v128.load(NUMBERS, 0)), v128.load(NUMBERS, 16));
      const nodeKA = f64x2.sub(nodeWholeA, v128.load(NUMBERS, 16));
      const nodeKB = f64x2.sub(nodeWholeB, v128.load(NUMBERS, 16));
      const nodeSignA = i64x2.shl(nodeWholeA, 63);
      const nodeSignB = i64x2.shl(nodeWholeB, 63);
      const nodeRA = f64x2.sub(f64x2.sub(nodeA, f64x2.mul(nodeKA, v128.load(NUMBERS, 288))), f64x2.mul(nodeKA, v128.load(NUMBERS, 304)));
      const nodeRB = f64x2.sub(f64x2.sub(nodeB, f64x2.mul(nodeKB, v128.load(NUMBERS, 288))), f64x2.mul(nodeKB, v128.load(NUMBERS, 304)));
      const nodeQA = f64x2.mul(nodeRA, nodeRA);
      const nodeQB = f64x2.mul(nodeRB, nodeRB);
      const nodeQ2A = f64x2.mul(nodeQA, nodeQA);
      const nodeQ2B = f64x2.mul(nodeQB, nodeQB);
      const nodeQ4A = f64x2.mul(nodeQ2A, nodeQ2A);
      const nodeQ4B = f64x2.mul(nodeQ2B, nodeQ2B);
      const sinNode_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 320), nodeQA), v128.load(NUMBERS, 336));
      const sinNode_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 320), nodeQB), v128.load(NUMBERS, 336));
      const sinNode_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 352), nodeQA), v128.load(NUMBERS, 368));
      const sinNode_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 352), nodeQB), v128.load(NUMBERS, 368));
      const sinNode_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 384), nodeQA), v128.load(NUMBERS, 400));
      const sinNode_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 384), nodeQB), v128.load(NUMBERS, 400));
      const sinNode_6A = f64x2.add(sinNode_4A, f64x2.mul(v128.load(NUMBERS, 416), nodeQ2A));
      const sinNode_6B = f64x2.add(sinNode_4B, f64x2.mul(v128.load(NUMBERS, 416), nodeQ2B));
      const sinNode_A = v128.xor(f64x2.mul(f64x2.add(f64x2.add(sinNode_0A, f64x2.mul(sinNode_2A, nodeQ2A)), f64x2.mul(sinNode_6A, nodeQ4A)), nodeRA), nodeSignA);
      const sinNode_B = v128.xor(f64x2.mul(f64x2.add(f64x2.add(sinNode_0B, f64x2.mul(sinNode_2B, nodeQ2B)), f64x2.mul(sinNode_6B, nodeQ4B)), nodeRB), nodeSignB);
      const cosNode_0A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), nodeQA), v128.load(NUMBERS, 64));
      const cosNode_0B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 48), nodeQB), v128.load(NUMBERS, 64));
      const cosNode_2A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), nodeQA), v128.load(NUMBERS, 96));
      const cosNode_2B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 80), nodeQB), v128.load(NUMBERS, 96));
      const cosNode_4A = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), nodeQA), v128.load(NUMBERS, 128));
      const cosNode_4B = f64x2.add(f64x2.mul(v128.load(NUMBERS, 112), nodeQB), v128.load(NUMBERS, 128));
      const cosNode_6A = f64x2.add(cosNode_4A, f64x2.mul(v128.load(NUMBERS, 144), nodeQ2A));
      const cosNode_6B = f64x2.add(cosNode_4B, f64x2.mul(v128.load(NUMBERS, 144), nodeQ2B));
      const cosNode_A = v128.xor(f64x2.add(f64x2.add(cosNode_0A, f64x2.mul(cosNode_2A, nodeQ2A)), f64x2.mul(cosNode_6A, nodeQ4A)), nodeSignA);
      const cosNode_B = v128.xor(f64x2.add(f64x2.add(cosNode_0B, f64x2.mul(cosNode_2B, nodeQ2B)), f64x2.mul(cosNode_6B, nodeQ4B)), nodeSignB);
      const sinNodeA = f64x2.add(f64x2.mul(sinNode_A, cosShiftNodeA), f64x2.mul(cosNode_A, sinShiftNodeA));
      const sinNodeB = f64x2.add(f64x2.mul(sinNode_B, cosShiftNodeB), f64x2.mul(cosNode_B, sinShiftNodeB));
      const cosNodeA = f64x2.sub(f64x2.mul(cosNode_A, cosShiftNodeA), f64x2.mul(sinNode_A, sinShiftNodeA));
      const cosNodeB = f64x2.sub(f64x2.mul(cosNode_B, cosShiftNodeB), f64x2.mul(sinNode_B, sinShiftNodeB));
      const si2A = f64x2.mul(shiftIA, shiftIA);
      const si2B = f64x2.mul(shiftIB, shiftIB);
      const sinShiftIA = f64x2.mul(shiftIA, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(si2A, v128.load(NUMBERS, 448))));
      const sinShiftIB = f64x2.mul(shiftIB, f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(si2B, v128.load(NUMBERS, 448))));
      const cosShiftIA = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(si2A, v128.load(NUMBERS, 432)));
      const cosShiftIB = f64x2.sub(v128.load(NUMBERS, 160), f64x2.mul(si2B, v128.load(NUMBERS, 432)));
      const cosioA = v128.load(c, 928);
      const cosioB = v128.load(c, 944);
      const sinIA = f64x2.add(f64x2.mul(sinioA, cosShiftIA), f64x2.mul(cosioA, sinShiftIA));
      const sinIB = f64x2.add(f64x2.mul(sinioB, cosShiftIB), f64x2.mul(cosioB, sinShiftIB));
      const cosIA = f64x2.sub(f64x2.mul(cosioA, cosShiftIA), f64x2.mul(sinioA, sinShiftIA));
      const cosIB = f64x2.sub(f64x2.mul(cosioB, cosShiftIB), f64x2.mul(sinioB, sinShiftIB));

      // Unit vectors along the radius (ux, uy, uz) and ahead of it.
      const mxA = f64x2.mul(sinNodeA, cosIA);
      const mxB = f64x2.mul(sinNodeB, cosIB);
      const myA = f64x2.mul(cosNodeA, cosIA);
      const myB = f64x2.mul(cosNodeB, cosIB);
      const uxA = f64x2.sub(f64x2.mul(cosNodeA, cosSuA), f64x2.mul(mxA, sinSuA));
      const uxB = f64x2.sub(f64x2.mul(cosNodeB, cosSuB), f64x2.mul(mxB, sinSuB));
      const uyA = f64x2.add(f64x2.mul(myA, sinSuA), f64x2.mul(sinNodeA, cosSuA));
      const uyB = f64x2.add(f64x2.mul(myB, sinSuB), f64x2.mul(sinNodeB, cosSuB));
      const uzA = f64x2.mul(sinIA, sinSuA);
      const uzB = f64x2.mul(sinIB, sinSuB);
      const xA = f64x2.mul(radiusKmA, uxA);
      const xB = f64x2.mul(radiusKmB, uxB);
      const yA = f64x2.mul(radiusKmA, uyA);
      const yB = f64x2.mul(radiusKmB, uyB);
      const zA = f64x2.mul(radiusKmA, uzA);
      const zB = f64x2.mul(radiusKmB, uzB);
      const vxA = f64x2.add(f64x2.sub(f64x2.mul(outwardA, uxA), f64x2.mul(aheadA, f64x2.add(f64x2.mul(mxA, cosSuA), f64x2.mul(cosNodeA, sinSuA)))), f64x2.mul(rate, yA));
      const vxB = f64x2.add(f64x2.sub(f64x2.mul(outwardB, uxB), f64x2.mul(aheadB, f64x2.add(f64x2.mul(mxB, cosSuB), f64x2.mul(cosNodeB, sinSuB)))), f64x2.mul(rate, yB));
      const vyA = f64x2.sub(f64x2.add(f64x2.mul(outwardA, uyA), f64x2.mul(aheadA, f64x2.sub(f64x2.mul(myA, cosSuA), f64x2.mul(sinNodeA, sinSuA)))), f64x2.mul(rate, xA));
      const vyB = f64x2.sub(f64x2.add(f64x2.mul(outwardB, uyB), f64x2.mul(aheadB, f64x2.sub(f64x2.mul(myB, cosSuB), f64x2.mul(sinNodeB, sinSuB)))), f64x2.mul(rate, xB));
      const vzA = f64x2.add(f64x2.mul(outwardA, uzA), f64x2.mul(aheadA, f64x2.mul(sinIA, cosSuA)));
      const vzB = f64x2.add(f64x2.mul(outwardB, uzB), f64x2.mul(aheadB, f64x2.mul(sinIB, cosSuB)));

      // What the kernel vouches for; NaN is never sound.
      const tameA = v128.and(f64x2.lt(f64x2.abs(uA), v128.load(NUMBERS, 544)), f64x2.gt(f64x2.mul(amKmA, b2A), v128.load(NUMBERS, 560)));
      const tameB = v128.and(f64x2.lt(f64x2.abs(uB), v128.load(NUMBERS, 544)), f64x2.gt(f64x2.mul(amKmB, b2B), v128.load(NUMBERS, 560)));
      const e2limitA = v128.load(c, 1024);
      const e2limitB = v128.load(c, 1040);
      const soundA = v128.and(v128.and(v128.and(tameA, f64x2.lt(el2A, e2limitA)), f64x2.gt(emRawA, v128.load(NUMBERS, 576))), f64x2.gt(radiusKmA, v128.load(NUMBERS, 592)));
      const soundB = v128.and(v128.and(v128.and(tameB, f64x2.lt(el2B, e2limitB)), f64x2.gt(emRawB, v128.load(NUMBERS, 576))), f64x2.gt(radiusKmB, v128.load(NUMBERS, 592)));

      const unsoundA = v128.not(soundA);
      const unsoundB = v128.not(soundB);
      declined = v128.or(declined, v128.or(unsoundA, unsoundB));
      v128.store(w, v128.or(xA, unsoundA));
      v128.store(w, v128.or(xB, unsoundB), 16);
      const w1 = w + stride;
      v128.store(w1, yA, 0);
      v128.store(w1, yB, 16);
      const w2 = w1 + stride;
      v128.store(w2, zA, 0);
      v128.store(w2, zB, 16);
      const w3 = w2 + stride;
      v128.store(w3, vxA, 0);
      v128.store(w3, vxB, 16);
      const w4 = w3 + stride;
      v128.store(w4, vyA, 0);
      v128.store(w4, vyB, 16);
      const w5 = w4 + stride;
      v128.store(w5, vzA, 0);
      v128.store(w5, vzB, 16);
      c += 1056;
      e += epochTile;
      w += 32;
    }
  }
  return v128.any_true(declined);
}
