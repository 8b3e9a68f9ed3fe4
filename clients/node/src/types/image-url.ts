// Generated from the API's description. Changes to this file are overwritten.

/** Where an image is, and how closely to look at it. */
export interface ImageUrl {
  /** A web address, or a `data:` URL with the image itself in base64. */
  url: string;

  /** How closely to look. More detail costs more tokens; `auto` leaves the choice to the model. */
  detail?: ImageUrl.Detail | undefined;
}

export namespace ImageUrl {
  /** How closely to look. More detail costs more tokens; `auto` leaves the choice to the model. */
  export type Detail = 'auto' | 'low' | 'high' | (string & {});
}

export type ImageUrlDetail = ImageUrl.Detail;
