import { type CompletedPart, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, PutObjectCommand, type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';

/** One object on its way, part by part: what fits into one is put at once, anything else is an upload in parts. */
export class S3Upload {
  private readonly parts: CompletedPart[] = [];
  private uploadId: string | undefined;

  constructor(
    private readonly client: S3Client,
    private readonly place: { readonly Bucket: string; readonly Key: string },
  ) {}

  /** Every part but the last must have S3's 5 MiB. With the last one the object is there; before, nobody sees any of it. */
  async add(part: Buffer, isLast: boolean): Promise<void> {
    if (isLast && this.parts.length === 0) {
      await this.client.send(new PutObjectCommand({ ...this.place, Body: part }));
      return;
    }
    this.uploadId ??= (await this.client.send(new CreateMultipartUploadCommand(this.place))).UploadId;
    const which = { ...this.place, UploadId: this.uploadId };
    const PartNumber = this.parts.length + 1;
    const { ETag } = await this.client.send(new UploadPartCommand({ ...which, PartNumber, Body: part }));
    this.parts.push({ PartNumber, ETag });
    if (isLast) await this.client.send(new CompleteMultipartUploadCommand({ ...which, MultipartUpload: { Parts: this.parts } }));
  }
}
