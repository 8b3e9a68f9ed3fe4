// Generated from the API's description. Changes to this file are overwritten.
import type { ImageUrl } from './image-url.js';

/** An image. */
export interface ImagePart {
  /** Always `image_url`. */
  type: 'image_url';
  image_url: ImageUrl;
}
