/**
 * Decoded values of real files against those of DCMTK, GDCM, pydicom and imagecodecs. Lossy files need only come close;
 * they are held to equality all the same, because the codecs behind them are the same libraries.
 */
import { afterAll, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/base/appError';
import { createDecodePool } from '../../../src-main/services/decodePool';
import { createFrameService } from '../../../src-main/services/frames';
import { skipUnless } from '../../support/skip';
import { canDecode, pixelTruths, realFile, reasonNotTo, workerUrl, type PixelTruth } from './realData';

/** Of later steps: refused by name until then. */
const LATER = [
  '1.2.840.10008.1.2.4.53',
  '1.2.840.10008.1.2.4.201',
  '1.2.840.10008.1.2.4.202',
  '1.2.840.10008.1.2.4.203',
];

/** Its last bytes are missing: zeros stand for them, as in GDCM, and the error says so beside the values. */
const CUT = 'broken/pydicom/MR_truncated.dcm';

function expectedOf(truth: PixelTruth): string {
  if (LATER.includes(truth.transferSyntaxUid)) return 'pixels/unsupported-transfer-syntax';
  const values = `${truth.bytes} bytes, ${truth.sha256}`;
  return truth.path === CUT ? `${values}, pixels/truncated` : values;
}

skipUnless(canDecode, reasonNotTo)('decoded values of real files', () => {
  const pool = createDecodePool({ workerUrl, width: 2 });
  const frames = createFrameService({ pool });
  afterAll(() => pool.dispose());

  const decodedOf = async (path: string): Promise<string> => {
    try {
      const { bytes, sha256, error } = await frames.decodeFile({ path: realFile(path), frames: 'all' });
      return `${bytes} bytes, ${sha256}${error ? `, ${error.code}` : ''}`;
    } catch (thrown) {
      return thrown instanceof AppError ? thrown.code : String(thrown);
    }
  };

  it('are those of the reference decoders, for every file whose values are known', async () => {
    const truths = pixelTruths();
    const decoded = await Promise.all(truths.map(async (truth) => [truth.path, await decodedOf(truth.path)]));
    expect(truths.length).toBeGreaterThan(1000);
    expect(Object.fromEntries(decoded)).toEqual(
      Object.fromEntries(truths.map((truth) => [truth.path, expectedOf(truth)])),
    );
  });
});
