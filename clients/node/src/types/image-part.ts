// Generated from the API's description. Changes to this file are overwritten.
import type { ImageUrl } from './image-url.js';

/** An image. */
export interface ImagePart {
  /** Always `image_url`. */
  type: 'image_url';

  /** Where an image is, and how closely to look at it. */
  image_url: ImageUrl;
}
