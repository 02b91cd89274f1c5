// What AWS answers with when it throttles or fails: status and message by code.

// The codes AWS throttles and fails with, by service generation; the SDK's list is in @smithy/core's retry constants.
// Statuses: Redshift API Reference, CommonErrors; "Error codes for the Amazon EC2 API"; S3 API Reference, ErrorResponses.
/** Status and message of each code. */
export const usualErrors: Record<string, [status: number, message: string]> = {
  Throttling: [400, 'Rate exceeded'],
  ThrottlingException: [400, 'Rate exceeded'],
  ThrottledException: [400, 'Rate exceeded'],
  RequestThrottled: [400, 'Request throttled'],
  RequestThrottledException: [400, 'Request throttled'],
  RequestLimitExceeded: [503, 'Request limit exceeded.'],
  LimitExceededException: [400, 'Rate exceeded'],
  BandwidthLimitExceeded: [503, 'Bandwidth limit exceeded'],
  EC2ThrottledException: [503, 'Rate exceeded'],
  PriorRequestNotComplete: [400, 'The prior request is not complete'],
  ProvisionedThroughputExceededException: [400, 'Rate exceeded'],
  TooManyRequestsException: [429, 'Too Many Requests'],
  TransactionInProgressException: [400, 'A transaction is in progress'],
  SlowDown: [503, 'Please reduce your request rate.'],
  DependentServiceRequestThrottlingFault: [
    400,
    'The request cannot be completed because a dependent service is throttling requests made by Amazon Redshift on your behalf. Wait and retry the request.',
  ],
  DependentServiceUnavailableFault: [
    400,
    'Your request cannot be completed because a dependent internal service is temporarily unavailable. Wait 30 to 60 seconds and try again.',
  ],
  InternalFailure: [
    500,
    'The request processing has failed because of an unknown error, exception or failure.',
  ],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InternalServerException: [500, 'Internal server error'],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
  ServiceUnavailableException: [503, 'Service unavailable'],
  ExpiredToken: [403, 'The security token included in the request is expired'],
  ExpiredTokenException: [403, 'The security token included in the request is expired'],
  RequestExpired: [400, 'Request has expired.'],
}
