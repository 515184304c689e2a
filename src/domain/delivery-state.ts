/** How far a delivery of an alert to an endpoint is; `dead` are those that were given up. */
export const DELIVERY_STATES = ["pending", "delivering", "delivered", "failed", "dead"] as const;
